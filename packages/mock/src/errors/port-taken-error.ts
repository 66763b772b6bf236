import { MockError } from "./mock-error.ts";

/** Something else listens on the port that was asked for. */
export class PortTakenError extends MockError {
  override name = "PortTakenError";
  /** The port. */
  readonly port: number;

  constructor(host: string, port: number, options?: ErrorOptions) {
    super(
      `Port ${port} of ${host} is taken: stop what listens there, or give another port (0 takes a free one)`,
      options,
    );
    this.port = port;
  }
}
