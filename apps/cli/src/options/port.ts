import { InvalidArgumentError } from "commander";

export const parsePort = (text: string): number => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError("Give a port from 0 (any free one) to 65535.");
  return Number(text);
};
