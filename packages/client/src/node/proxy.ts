import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { isIP, type Socket } from "node:net";
import { ConfigurationError } from "../errors/configuration-error.ts";

/** Where a connection is to lead. */
export interface Destination {
  protocol: string;
  hostname: string;
  /** Empty for the protocol's own. */
  port: string;
}

/**
 * Says for each destination which proxy to go through, if any.
 *
 * @throws ConfigurationError where a proxy is given that is none; for one of the environment, when it is needed.
 */
export const createProxies = (given: string | false | undefined): ((to: Destination) => URL | undefined) => {
  if (given === false) return () => undefined;
  if (given !== undefined) {
    const proxy = parse(given, "proxy");
    return () => proxy;
  }
  return (to) => {
    const name = to.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
    const text = setting(name);
    return text === "" || isLocal(to.hostname) || isExcepted(to) ? undefined : parse(text, name);
  };
};

const setting = (name: string): string => process.env[name.toLowerCase()] ?? process.env[name] ?? "";

const parse = (text: string, name: string): URL => {
  // What cannot be read is not repeated: there may be a password in it.
  const advice = `${name} must be the URL of an HTTP proxy, such as http://proxy.example.com:3128`;
  let url: URL;
  try {
    url = new URL(text.includes("://") ? text : `http://${text}`);
    decodeURIComponent(url.username + url.password);
  } catch {
    throw new ConfigurationError(`${advice}: it cannot be read`);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new ConfigurationError(`${advice}, not ${url.protocol}//${url.host}`);
  return url;
};

const bare = (host: string): string => host.replace(/^\[|\]$/g, "").toLowerCase();
const portOf = ({ port, protocol }: Pick<Destination, "port" | "protocol">): string =>
  port || (protocol === "https:" ? "443" : "80");

/** Nobody means a proxy to reach this machine. */
const isLocal = (host: string): boolean => /^(localhost|.*\.localhost|127\..*|::1)$/.test(bare(host));

/** Is it among NO_PROXY: names with all below them, addresses, each with a port or for any, or `*`? */
const isExcepted = (to: Destination): boolean =>
  setting("NO_PROXY")
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      if (entry === "" || entry === "*") return entry === "*";
      const [, name = "", port] = (isIP(entry) ? null : /^(.*?)(?::(\d+))?$/.exec(entry)) ?? [entry, entry];
      const wanted = bare(name).replace(/^\*?\./, "");
      const host = bare(to.hostname);
      return (port === undefined || port === portOf(to)) && (host === wanted || host.endsWith(`.${wanted}`));
    });

/**
 * Has the proxy connect to the destination, and hands over the connection.
 *
 * @throws ConfigurationError where the proxy refuses.
 */
export const tunnel = (proxy: URL, to: Destination, milliseconds: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const host = bare(to.hostname);
    const authority = `${isIP(host) === 6 ? `[${host}]` : host}:${portOf(to)}`;
    const user = decodeURIComponent(proxy.username);
    const request = (proxy.protocol === "https:" ? tlsRequest : plainRequest)({
      host: bare(proxy.hostname),
      port: portOf(proxy),
      method: "CONNECT",
      path: authority,
      agent: false,
      headers: {
        Host: authority,
        ...(user !== "" && { "Proxy-Authorization": basic(user, decodeURIComponent(proxy.password)) }),
      },
      ...(proxy.protocol === "https:" && { rejectUnauthorized: true }),
    });
    const timer = setTimeout(() => request.destroy(new Error("no answer in time")), milliseconds);
    request.on("connect", ({ statusCode = 0 }, socket: Socket, head) => {
      clearTimeout(timer);
      if (statusCode >= 200 && statusCode <= 299 && head.length === 0) {
        resolve(socket.setNoDelay(true).setKeepAlive(true, 60_000));
        return;
      }
      socket.destroy();
      reject(refusal(proxy.host, statusCode));
    });
    request.on("response", (response) => {
      response.destroy();
      request.destroy(refusal(proxy.host, response.statusCode ?? 0));
    });
    request.on("error", (cause) => {
      clearTimeout(timer);
      reject(cause instanceof ConfigurationError ? cause : unreachable(`The proxy ${proxy.host} fails`, cause));
    });
    request.end();
  });

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

const refusal = (host: string, status: number): Error => {
  if (status === 407)
    return new ConfigurationError(
      `The proxy ${host} wants to know who asks (407): put a user name and password that it knows into its URL`,
    );
  if (status >= 400 && status <= 499)
    return new ConfigurationError(`The proxy ${host} refuses to connect to the PBX (${status}): name another, or none`);
  return unreachable(`The proxy ${host} cannot connect to the PBX (${status})`);
};

/** Nothing of the request has left, which is what this code says. */
const unreachable = (message: string, cause?: Error): Error =>
  Object.assign(new Error(message, { cause }), { code: "EHOSTUNREACH" });
