// By its file: Bun has a stand-in of its own for the bare name, which sends nothing.
import { Agent, type Dispatcher } from "undici/index.js";
import { ConfigurationError } from "../errors/configuration-error.ts";
import type { Transport } from "../options.ts";
import { createConnect } from "./connect.ts";
import { acceptEncoding } from "./decode.ts";
import { exchange } from "./exchange.ts";
import { parseFingerprint } from "./fingerprint.ts";
import { NodeResponse } from "./response.ts";
import { createTrust } from "./trust.ts";

/** Whom the transport trusts. Nothing given: the certificate authorities that Node trusts. */
export interface NodeTransportOptions {
  /**
   * Certificate authorities to trust instead, as PEM text.
   * @default the ones that Node trusts
   * @example await readFile("pbx-ca.pem", "utf8")
   */
  ca?: string;
  /**
   * SHA-256 fingerprints of certificates to trust whatever else they say. More than one, for a change of key.
   * @default none
   * @example ["EF:1C:19:4A:1F:54:1D:5D:7F:D5:73:51:02:64:DF:51:2E:0B:E8:2C:17:25:4D:91:2A:5C:6A:4A:72:6E:FE:58"]
   */
  pin?: readonly string[];
  /**
   * Trust any certificate of one host: the one whose URL is given or, for `true`, the first that is called. Whoever
   * stands between reads the token, so a warning is emitted and only GET and HEAD are sent: no write, no sign-in and
   * no refresh. Better: `pin`.
   * @default false
   * @example "https://pbx.example.com:8887"
   */
  insecure?: boolean | string;
  /**
   * The HTTP proxy to go through, or `false` for none. It sees host names and no more: certificates are looked at
   * behind it as without it.
   * @default HTTPS_PROXY or HTTP_PROXY of the environment, except for hosts in NO_PROXY and this machine
   * @example "http://proxy.example.com:3128"
   */
  proxy?: string | false;
}

/** A transport that keeps its connections open until it is closed. */
export interface NodeTransport extends Transport, AsyncDisposable {
  /** Ends every connection. */
  close(): Promise<void>;
}

/** Milliseconds without a byte after which a body is given up, for callers who have no time limit of their own. */
const stalled = 30_000;

/**
 * A transport for Node: keeps connections open, with a say in whom to trust. It follows no redirect, and its requests'
 * bodies are text or bytes.
 *
 * @example
 * const transport = createNodeTransport({ pin: [fingerprint] });
 * const pbx = createCallParkClient({ baseUrl, token, transport });
 * @throws ConfigurationError where a fingerprint, the proxy's URL or insecure's is none.
 */
export const createNodeTransport = (options: NodeTransportOptions = {}): NodeTransport => {
  const pins = options.pin?.map(parseFingerprint);
  const trust = createTrust(options.insecure);
  const connect = createConnect({ ca: options.ca, pins, unchecked: trust.insecure, proxy: options.proxy });
  const agent = new Agent({ connect, bodyTimeout: stalled });
  let last: Place | undefined;
  const fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    // Whoever polls names the same URL again, and to take it apart costs more than most of what follows.
    const place = last?.url === url ? last : placeOf(url);
    last = place;
    const { address, origin, path } = place;
    const { method = "GET", headers, body, signal } = init;
    trust.allow(method, address);
    const request: Dispatcher.DispatchOptions = {
      origin,
      path,
      method: method as "GET",
      headers: complete(headers),
      body: body === undefined || body === null ? null : sendable(body),
    };
    return new NodeResponse(address, method, await exchange(agent, request, signal));
  };
  const close = () => agent.destroy();
  return { fetch, close, [Symbol.asyncDispose]: close };
};

/** A URL, and what of it a request is made of. */
interface Place {
  url: string;
  address: URL;
  origin: string;
  path: string;
}

const placeOf = (url: string): Place => {
  const address = new URL(url);
  if (address.username !== "" || address.password !== "")
    throw new ConfigurationError(`A URL must not hold a user name or password (host ${address.host})`);
  return { url, address, origin: address.origin, path: address.pathname + address.search };
};

const complete = (headers: RequestInit["headers"]): Record<string, string> => {
  const sent: Record<string, string> = { accept: "*/*", "accept-encoding": acceptEncoding, "user-agent": "callpark" };
  if (headers === undefined) return sent;
  const pairs = Symbol.iterator in headers ? new Headers(headers as Headers) : Object.entries(headers);
  for (const [name, value] of pairs) sent[name.toLowerCase()] = String(value).trim();
  return sent;
};

const sendable = (body: NonNullable<RequestInit["body"]>): string | Uint8Array => {
  if (typeof body === "string" || body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  throw new ConfigurationError("The body of a request must be text or bytes on this transport");
};
