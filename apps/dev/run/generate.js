import { runTurbo } from "./turbo.js";

export const run = async () => (await runTurbo(["generate"])).exitCode;
