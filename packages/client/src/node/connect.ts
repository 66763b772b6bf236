import type { TLSSocket } from "node:tls";
// By its file, as in transport.ts.
import { buildConnector } from "undici/index.js";
import { UnreachableError } from "../errors/unreachable-error.ts";
import { UntrustedCertificateError } from "../errors/untrusted-certificate-error.ts";
import { createProxies, tunnel } from "./proxy.ts";

/** How connections are made. */
export interface ConnectOptions {
  ca: string | undefined;
  /** Fingerprints, upper case and without colons. */
  pins: readonly string[] | undefined;
  /** Certificates are not looked at. */
  unchecked: boolean;
  proxy: string | false | undefined;
}

/** In milliseconds: for the proxy's part, and for the connection with its handshake. */
const connectTimeout = 5000;

/** Makes connections, and ends those whose certificate is not trusted before a byte of a request is sent. */
export const createConnect = (options: ConnectOptions): buildConnector.connector => {
  const proxyOf = createProxies(options.proxy);
  // The certificate is looked at below: Node's own check can neither pin (`checkServerIdentity` is not called when
  // `rejectUnauthorized` is false) nor say the fingerprint.
  // A resumed session shows no certificate, and Node checks no name in it: every connection is a full handshake.
  const connect = buildConnector({
    ...(options.ca !== undefined && { ca: options.ca }),
    rejectUnauthorized: false,
    maxCachedSessions: 0,
    timeout: connectTimeout,
  });
  return (target, done) => {
    const checked: buildConnector.Callback = (...[error, socket]) => {
      if (error !== null) return done(inWords(error, target), null);
      const refusal = target.protocol === "https:" ? distrust(socket as TLSSocket, target.hostname, options) : null;
      if (refusal === null) return done(null, socket);
      socket.destroy();
      done(refusal, null);
    };
    let proxy: URL | undefined;
    try {
      proxy = proxyOf(target);
    } catch (error) {
      return done(error as Error, null);
    }
    if (proxy === undefined) return connect(target, checked);
    tunnel(proxy, target, connectTimeout).then(
      (socket) =>
        target.protocol === "https:" ? connect({ ...target, httpSocket: socket }, checked) : done(null, socket),
      (error: Error) => done(error, null),
    );
  };
};

/** What OpenSSL calls a wrong version number is an answer in plain HTTP, most of the time. */
const inWords = (error: Error, { host = "" }: { host?: string | undefined }): Error =>
  "code" in error && error.code === "ERR_SSL_WRONG_VERSION_NUMBER"
    ? new UnreachableError(
        `https://${host}`,
        new Error("what listens there does not speak https: try http:, or another port", { cause: error }),
      )
    : error;

const distrust = (
  socket: TLSSocket,
  host: string,
  { pins, unchecked }: ConnectOptions,
): UntrustedCertificateError | null => {
  if (unchecked) return null;
  // Typed as always there, and absent where the peer showed no certificate.
  const fingerprint256: string = socket.getPeerCertificate().fingerprint256 ?? "";
  if (pins !== undefined)
    return pins.includes(fingerprint256.replaceAll(":", ""))
      ? null
      : new UntrustedCertificateError(host, "it is not a pinned one", fingerprint256);
  if (socket.authorized) return null;
  return new UntrustedCertificateError(host, String(socket.authorizationError), fingerprint256);
};
