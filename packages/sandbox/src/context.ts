import type { ServerResponse } from "node:http";
import type { operations } from "@callpark/types";
import { forbidden, unauthorized } from "./errors.ts";
import type { Line } from "./lines.ts";
import type { Store } from "./store/index.ts";
import type { SessionRow } from "./store/sessions.ts";

export type OperationId = keyof operations;

/** Does a POST keep the fields left out of it, or set them back to their defaults? Not documented. */
export type Semantics = "merge" | "replace";

/** What the whole PBX is. */
export interface Pbx {
  line: Line;
  store: Store;
  semantics: Semantics;
}

type Part<Id extends OperationId, Name extends "path" | "query" | "header"> = NonNullable<
  operations[Id]["parameters"][Name]
>;

type Body<Id extends OperationId> = operations[Id] extends { requestBody: { content: infer Content } }
  ? Content[keyof Content]
  : undefined;

/** One request, after its parameters and body have been held to the document. */
export interface Context<Id extends OperationId = OperationId> extends Pbx {
  /** Undefined where the operation asks for no token. */
  session: SessionRow | undefined;
  path: Part<Id, "path">;
  query: Part<Id, "query">;
  header: Part<Id, "header">;
  body: Body<Id>;
  /** The body as it came. */
  bytes: Buffer;
}

export interface Answer {
  status: number;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as they are. */
  bytes?: Uint8Array;
  headers?: Record<string, string>;
  /** Sends it in a way of its own, status, headers and all: what faults of the wire do. */
  deliver?: (response: ServerResponse) => void;
}

type Handler<Id extends OperationId> = (context: Context<Id>) => Answer;

export type Handlers<Ids extends OperationId> = { [Id in Ids]: Handler<Id> };

type Signed = Pick<Context, "session">;

export const sessionOf = ({ session }: Signed): SessionRow => {
  if (!session) throw unauthorized();
  return session;
};

/** The tenant that the session is in, for whoever may see its settings. */
export const tenantOf = (signed: Signed): string => {
  const { role, tenant_id } = sessionOf(signed);
  if (role === "user") throw forbidden("This user may not see or change the tenant's settings");
  if (tenant_id === null) throw forbidden("The system administrator is in no tenant: switch to one first");
  return tenant_id;
};

export const systemAdministratorOf = (signed: Signed): SessionRow => {
  const session = sessionOf(signed);
  if (session.role !== "system administrator") throw forbidden("Only the system administrator may do this");
  return session;
};
