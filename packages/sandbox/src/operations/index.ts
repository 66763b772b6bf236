import type { Answer, Context, Handlers, OperationId } from "../context.ts";
import { blobs } from "./blobs.ts";
import { callPark } from "./call-park.ts";
import { groups } from "./groups.ts";
import { numbers } from "./numbers.ts";
import { pbx } from "./pbx.ts";
import { session } from "./session.ts";

/** One for each operation of the document: a missing one does not compile. */
export const handlers: Handlers<OperationId> = { ...blobs, ...callPark, ...groups, ...numbers, ...pbx, ...session };

export const handlerOf = (operationId: string): ((context: Context) => Answer) => {
  if (!Object.hasOwn(handlers, operationId)) throw new Error(`No handler for the operation ${operationId}`);
  return handlers[operationId as OperationId] as (context: Context) => Answer;
};
