/** What the PBX says instead of an answer. Thrown anywhere below a handler. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly errors: readonly PbxErrorBody[];
  readonly headers: Record<string, string>;

  constructor(status: number, errors: readonly PbxErrorBody[], headers: Record<string, string> = {}) {
    super(errors.map(({ message }) => message).join("; "));
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export interface PbxErrorBody {
  code: "VALIDATE_FAILED" | "UNAUTHORIZED" | "UNKNOWN";
  message: string;
  detail?: unknown;
}

/** One broken rule of one field, as the PBX words it. */
export const fieldError = (field: string, rule: string): PbxErrorBody => ({
  code: "VALIDATE_FAILED",
  message: field === "" ? `The body ${rule}` : `${field} ${rule}`,
  detail: { field },
});

export const validateFailed = (...errors: PbxErrorBody[]): Refusal => new Refusal(400, errors);

export const unauthorized = (message = "The access token is not valid"): Refusal =>
  new Refusal(401, [{ code: "UNAUTHORIZED", message }], { "WWW-Authenticate": "Bearer" });

export const refused = (status: number, message: string, headers?: Record<string, string>): Refusal =>
  new Refusal(status, [{ code: "UNKNOWN", message }], headers);

export const forbidden = (message = "This user may not do this"): Refusal => refused(403, message);

export const notFound = (message = "There is no such resource"): Refusal => refused(404, message);

/** It cannot listen where it was asked to. `code` is that of Node's own error. */
export class SandboxPortError extends Error {
  override readonly name = "SandboxPortError";
  readonly code: string;
  /** The port that was asked for. */
  readonly port: number;

  constructor(host: string, port: number, cause: NodeJS.ErrnoException) {
    const { code = "" } = cause;
    const why =
      whyNotListen(host, port)[code] ?? `The sandbox cannot listen on port ${port} of ${host}: ${cause.message}`;
    super(why, { cause });
    this.code = code;
    this.port = port;
  }
}

const whyNotListen = (host: string, port: number): Readonly<Record<string, string>> => {
  const noAddress = `${host} is no address of this machine: choose one such as 127.0.0.1`;
  return {
    EADDRINUSE: `Port ${port} of ${host} is taken: end what listens there, or choose another port (0 for any free one)`,
    EACCES: `Port ${port} of ${host} is not for this user: choose one above 1023 (0 for any free one)`,
    EADDRNOTAVAIL: noAddress,
    ENOTFOUND: noAddress,
  };
};

/** The data file cannot be opened, or is no file of this sandbox. */
export class SandboxDataError extends Error {
  override readonly name = "SandboxDataError";
  readonly file: string;

  constructor(file: string, why: string, cause?: unknown) {
    super(`The data file ${file} ${why}`, { cause });
    this.file = file;
  }
}

/** This Node has no node:sqlite, in which the sandbox keeps its state. */
export class SandboxNodeError extends Error {
  override readonly name = "SandboxNodeError";
  /** What the sandbox needs, as its package.json says: `>=22.19`. */
  readonly needed: string;
  /** The Node that runs: `20.20.2`. */
  readonly running: string;

  constructor(needed: string, running: string) {
    super(
      `The sandbox needs Node ${needed} because of node:sqlite, and this is Node ${running}: run it with a newer Node`,
    );
    this.needed = needed;
    this.running = running;
  }
}

/** A seed breaks rules of the PBX, or is no seed. */
export class SandboxSeedError extends Error {
  override readonly name = "SandboxSeedError";
  /** Each names its place: `tenants[0].name must have at least 1 character`. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The seed cannot be used:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
    this.problems = problems;
  }
}
