import type { paths } from "@callpark/types";
import type { FetchResponse, ParamsOption, ParseAs, RequestBodyOption } from "openapi-fetch";

type Operations = Record<string | number, unknown>;

/** The paths that know a method. */
export type PathsWith<Method extends "get" | "post"> = {
  [Path in keyof paths]: paths[Path] extends { [Name in Method]: { responses: unknown } } ? Path : never;
}[keyof paths];

/** What a call takes, from the spec: `params` and `body` where the operation has them, and what every call takes. */
export type CallInit<Operation> = ParamsOption<Operation> &
  RequestBodyOption<Operation> & {
    /** Further headers. */
    headers?: Record<string, string>;
    /** Ends the call, also while it waits. */
    signal?: AbortSignal;
    /**
     * How the body of an answer is read: JSON and text up to 1 MiB, a file up to 64 MiB; a stream is its reader's to end.
     * Bodies that are not JSON are the caller's to judge.
     * @default "json"
     */
    parseAs?: ParseAs;
  };

type RequiredKeys<Value> = { [Key in keyof Value]-?: object extends Pick<Value, Key> ? never : Key }[keyof Value];

type Arguments<Init> = RequiredKeys<Init> extends never ? [init?: Init] : [init: Init];

/** `GET` and `POST`, as openapi-fetch types them; what the operation does not know does not compile. */
export type CallMethod<Method extends "get" | "post"> = <Path extends PathsWith<Method>, As extends ParseAs = "json">(
  path: Path,
  ...init: Arguments<CallInit<paths[Path][Method & keyof paths[Path]]> & { parseAs?: As }>
) => Promise<
  FetchResponse<paths[Path][Method & keyof paths[Path]] & Operations, { parseAs: As }, `${string}/${string}`>
>;
