import { CallParkError } from "./call-park-error.ts";

/** The PBX's certificate is not trusted. Nothing of the request was sent, the token neither. */
export class UntrustedCertificateError extends CallParkError {
  override readonly name = "UntrustedCertificateError";
  /** The SHA-256 fingerprint of the certificate that the PBX showed, with colons. */
  readonly fingerprint: string;

  constructor(host: string, reason: string, fingerprint: string) {
    super(
      `The certificate of ${host} is not trusted (${reason}). Its SHA-256 fingerprint is ${fingerprint}: if that is ` +
        "your PBX's, pin it; or name the certificate authority that signed it",
    );
    this.fingerprint = fingerprint;
  }
}
