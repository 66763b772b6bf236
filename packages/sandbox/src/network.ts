import { isIP } from "node:net";
import type { Answering } from "./behaviours/behaviour.ts";
import { forbidden, refused } from "./errors.ts";
import type { Front } from "./front.ts";
import type { Sent } from "./parameters.ts";

/** Who may ask over the network. */
export interface Doors {
  /** Names that the Host header may have, besides addresses and `localhost`. */
  hosts: readonly string[];
  /** Origins of web pages that may ask. */
  origins: readonly string[];
  secure: boolean;
}

type Headers = Sent["headers"];

/** Turns away what was led here under a strange name, and what a strange web page sends. */
export const withDoors = (answering: Answering, doors: Doors): Answering => {
  // The same client sends the same Host again and again.
  let accepted: string | undefined;
  return async (request) => {
    const { headers, method } = request;
    const { host } = headers;
    if (typeof host !== "string" || host !== accepted) {
      if (!isKnownHost(host, doors)) throw refused(421, "The Host is not one of this PBX: ask it by its address");
      accepted = String(host);
    }
    if (headers["origin"] === undefined) return answering(request);
    if (!isKnownOrigin(headers, doors)) throw forbidden("Web pages of this origin may not ask");
    const asksFirst = method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
    return asksFirst ? { status: 204, headers: preflight } : answering(request);
  };
};

/**
 * A web page can make a name of its own lead to this machine, and then counts as that name's origin. What it asks for has
 * that name as its Host, so only known names are answered. An address cannot be led elsewhere.
 */
const isKnownHost = (host: Headers[string], { hosts }: Doors): boolean => {
  const name =
    /^(?:\[(.*)\]|(.*?))(?::\d*)?$/
      .exec(String(host ?? ""))
      ?.slice(1)
      .find(Boolean)
      ?.toLowerCase() ?? "";
  return isIP(name) !== 0 || name === "localhost" || name.endsWith(".localhost") || hosts.includes(name);
};

/** Programs send no Origin; a web page may ask its own, and those that were named. */
const isKnownOrigin = ({ origin, host }: Headers, { origins, secure }: Doors): boolean =>
  origins.includes(String(origin)) || origin === `${secure ? "https" : "http"}://${host}`;

/** Answers a browser that asks whether it may ask. */
const preflight = {
  "Access-Control-Allow-Methods": "GET, POST",
  "Access-Control-Allow-Headers": "Authorization, Content-Type, PortSIP-Upload-Token",
  "Access-Control-Max-Age": "600",
};

const readable = "Content-Disposition, PortSIP-Upload-ID, PortSIP-Upload-Token, Range, Retry-After";

/** Lets the pages of these origins read the answers, refusals too. */
export const withCors = (front: Front, origins: readonly string[]): Front => {
  if (origins.length === 0) return front;
  return async (request) => {
    const answer = await front(request);
    const origin = String(request.headers["origin"]);
    const cors = { "Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": readable };
    return { ...answer, headers: { ...answer.headers, Vary: "Origin", ...(origins.includes(origin) ? cors : {}) } };
  };
};
