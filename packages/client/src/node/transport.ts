import type { TLSSocket } from "node:tls";
import { Agent, buildConnector, Request as UndiciRequest, fetch as undiciFetch } from "undici";
import { UntrustedCertificateError } from "../errors/untrusted-certificate-error.ts";
import type { Transport } from "../options.ts";
import { parseFingerprint } from "./fingerprint.ts";

/** Whom the transport trusts. Nothing given: the certificate authorities that Node trusts. */
export interface NodeTransportOptions {
  /** Certificate authorities to trust instead, as PEM text. */
  ca?: string;
  /** SHA-256 fingerprints of certificates to trust whatever else they say. More than one, for a change of key. */
  pin?: readonly string[];
  /**
   * Trust any certificate. Whoever stands between reads the token.
   * @default false
   */
  insecure?: boolean;
}

/** A transport that keeps its connections open until it is closed. */
export interface NodeTransport extends Transport, AsyncDisposable {
  fetch: typeof globalThis.fetch;
  Request: typeof globalThis.Request;
  /** Ends every connection. */
  close(): Promise<void>;
}

/**
 * A transport for Node, with a say in whom to trust.
 *
 * @throws ConfigurationError where a fingerprint is none.
 */
export const createNodeTransport = (options: NodeTransportOptions = {}): NodeTransport => {
  const pins = options.pin?.map(parseFingerprint);
  // The certificate is looked at below, before a byte of the request is sent: Node's own check can neither pin
  // (`checkServerIdentity` is not called when `rejectUnauthorized` is false) nor say the fingerprint.
  // A resumed session shows no certificate, and Node checks no name in it: every connection is a full handshake.
  const connect = buildConnector({
    ...(options.ca !== undefined && { ca: options.ca }),
    rejectUnauthorized: false,
    maxCachedSessions: 0,
  });
  const agent = new Agent({
    connect: (target, done) =>
      connect(target, (error, socket) => {
        if (error !== null) return done(error, null);
        const refusal =
          target.protocol === "https:" ? distrust(socket as TLSSocket, target.hostname, pins, options.insecure) : null;
        if (refusal === null) return done(null, socket);
        socket.destroy();
        done(refusal, null);
      }),
  });
  const close = () => agent.destroy();
  return {
    fetch: ((input: never, init?: object) =>
      undiciFetch(input, { ...init, dispatcher: agent })) as unknown as typeof globalThis.fetch,
    Request: UndiciRequest as unknown as typeof globalThis.Request,
    close,
    [Symbol.asyncDispose]: close,
  };
};

const distrust = (
  socket: TLSSocket,
  host: string,
  pins: readonly string[] | undefined,
  insecure = false,
): UntrustedCertificateError | null => {
  if (insecure) return null;
  // Typed as always there, and absent where the peer showed no certificate.
  const fingerprint256: string = socket.getPeerCertificate().fingerprint256 ?? "";
  if (pins !== undefined)
    return pins.includes(fingerprint256.replaceAll(":", ""))
      ? null
      : new UntrustedCertificateError(host, "it is not a pinned one", fingerprint256);
  if (socket.authorized) return null;
  return new UntrustedCertificateError(host, String(socket.authorizationError), fingerprint256);
};
