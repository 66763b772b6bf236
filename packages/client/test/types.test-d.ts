// Compiled by `pnpm check`: a line that stops being an error fails it, as does a line that becomes one.
import type { CallPark, CallParkGroup, CallParkGroupMember, PbxErrors } from "@callpark/types";
import {
  type Answer,
  createCallParkClient,
  createClient,
  createSession,
  type RefusedError,
  unwrap,
} from "../src/index.ts";
import { callParkQuery, updateCallParkMutation } from "../src/query/index.ts";

type Fits<One, Other> = [One] extends [Other] ? true : false;
/** Compiles where each type fits the other, and neither is `any`. */
const same = <One, Other>(
  _: 0 extends 1 & One ? false : Fits<One, Other> extends true ? Fits<Other, One> : false,
): void => undefined;

const baseUrl = "https://pbx.example.com";
const pbx = createCallParkClient({ baseUrl });

export const paths = async (): Promise<void> => {
  await pbx.GET("/call_park");
  await pbx.GET("/call_park", {});
  // @ts-expect-error there is no such path
  await pbx.GET("/call_parks");
  // @ts-expect-error the base URL has it
  await pbx.GET("/api/call_park");
  // @ts-expect-error it is read by GET
  await pbx.POST("/tenant");
  // @ts-expect-error it is destroyed by POST
  await pbx.GET("/call_park_groups/{id}/destroy", { params: { path: { id: "a" } } });
  // @ts-expect-error the PBX knows GET and POST
  await pbx.DELETE("/call_park_groups/{id}", { params: { path: { id: "a" } } });
};

export const parameters = async (): Promise<void> => {
  await pbx.GET("/call_park_groups/{id}", { params: { path: { id: "a" } } });
  await pbx.GET("/call_park_groups", { params: { query: { skip: 0, top: 10, search: "a" } } });
  // @ts-expect-error params are missing
  await pbx.GET("/call_park_groups/{id}");
  // @ts-expect-error path is missing
  await pbx.GET("/call_park_groups/{id}", { params: {} });
  // @ts-expect-error id is missing
  await pbx.GET("/call_park_groups/{id}", { params: { path: {} } });
  // @ts-expect-error ids are text
  await pbx.GET("/call_park_groups/{id}", { params: { path: { id: 7 } } });
  // @ts-expect-error there is no such parameter
  await pbx.GET("/call_park_groups", { params: { query: { page: 1 } } });
  // @ts-expect-error top is a number
  await pbx.GET("/call_park_groups", { params: { query: { top: "10" } } });
  // @ts-expect-error the upload's token is missing
  await pbx.POST("/blobs/uploads/{id}/append", { params: { path: { id: "a" } }, body: "RIFF" });
};

export const options = async (): Promise<void> => {
  await pbx.GET("/call_park", { signal: AbortSignal.timeout(1), headers: { "X-Trace": "1" } });
  // @ts-expect-error written wrong
  await pbx.GET("/call_park", { singal: AbortSignal.timeout(1) });
  // @ts-expect-error a GET has no body
  await pbx.GET("/call_park", { body: {} });
  // @ts-expect-error the path's query goes into params
  await pbx.GET("/call_park_groups", { query: { top: 1 } });
  // @ts-expect-error there is no such form of an answer
  await pbx.GET("/call_park", { parseAs: "xml" });
  // @ts-expect-error written wrong
  createCallParkClient({ baseUrl, retries: 3 });
  // @ts-expect-error the base URL is missing
  createCallParkClient({});
  // @ts-expect-error there is no such way
  createCallParkClient({ baseUrl, validate: "throw" });
  // @ts-expect-error hooks, budget and validation are the larger client's
  createClient({ baseUrl, budget: 100 });
  // @ts-expect-error a token is text
  createCallParkClient({ baseUrl, token: 5 });
};

export const bodies = async (): Promise<void> => {
  await pbx.POST("/call_park", { body: { recall_to: "RING_GROUP_ONLY", ring_group_id: "a" } });
  await pbx.callPark.update({ recall_to: "USER_ONLY" });
  // @ts-expect-error the body is missing
  await pbx.POST("/call_park");
  // @ts-expect-error a ring-group mode needs its ring group
  await pbx.POST("/call_park", { body: { recall_to: "RING_GROUP_ONLY" } });
  // @ts-expect-error a ring-group mode needs its ring group
  await pbx.callPark.update({ recall_to: "USER_FIRST_THEN_RING_GROUP" });
  // @ts-expect-error the prompt is written by id, its URL is read
  await pbx.callPark.update({ prompt_file_url: "/api/blobs/a" });
  // @ts-expect-error written wrong
  await pbx.callPark.update({ recal_time: 120 });
  // @ts-expect-error a group needs a name
  await pbx.callPark.groups.create({ recall_to: "USER_ONLY" });
  // @ts-expect-error the file's name is missing
  await pbx.callPark.prompt.upload(new Uint8Array(), {});
  // @ts-expect-error a password is missing
  await pbx.auth.signIn({ username: "ann" });
};

export const answers = async (): Promise<void> => {
  const answer = await pbx.GET("/call_park");
  // @ts-expect-error the PBX may have refused
  answer.data.recall_time;
  if (answer.error) {
    same<typeof answer.data, undefined>(true);
    same<typeof answer.error, PbxErrors>(true);
    return;
  }
  same<typeof answer.data, CallPark>(true);
  same<typeof answer.error, undefined>(true);
  // @ts-expect-error the prompt's id is write-only
  answer.data.prompt_file_id;
  // @ts-expect-error a mode that recalls to the user has no ring group
  const always: string = answer.data.ring_group_id;
  if (answer.data.recall_to !== "USER_ONLY") same<typeof answer.data.ring_group_id, string>(true);
  return always as never;
};

export const unwrapped = async (): Promise<void> => {
  same<Awaited<ReturnType<typeof unwrap<Answer<CallPark>>>>, CallPark>(true);
  const callPark = await unwrap(pbx.GET("/call_park"));
  same<typeof callPark, CallPark>(true);
  const created = await unwrap(pbx.POST("/call_park_groups", { body: { name: "a", recall_to: "USER_ONLY" } }));
  same<typeof created, { id: string }>(true);
};

export const forms = async (): Promise<void> => {
  const params = { path: { digest: "a" } };
  const bytes = await unwrap(pbx.GET("/blobs/{digest}", { params, parseAs: "arrayBuffer" }));
  same<typeof bytes, ArrayBuffer>(true);
  const blob = await unwrap(pbx.GET("/blobs/{digest}", { params, parseAs: "blob" }));
  same<typeof blob, Blob>(true);
  const text = await unwrap(pbx.GET("/call_park", { parseAs: "text" }));
  same<typeof text, string>(true);
  const stream = await unwrap(pbx.GET("/blobs/{digest}", { params, parseAs: "stream" }));
  same<typeof stream, ReadableStream | null>(true);
};

export const calls = async (): Promise<void> => {
  same<Awaited<ReturnType<typeof pbx.callPark.get>>, Answer<CallPark>>(true);
  same<Awaited<ReturnType<typeof pbx.callPark.update>>, Answer<undefined>>(true);
  same<Awaited<ReturnType<typeof pbx.callPark.groups.create>>, Answer<{ id: string }>>(true);
  same<Awaited<ReturnType<typeof pbx.callPark.groups.members.list>>, Answer<{ items: CallParkGroupMember[] }>>(true);
  for await (const group of pbx.callPark.groups.list()) same<typeof group, CallParkGroup>(true);
  const { id } = await pbx.callPark.prompt.upload(new Blob([]).stream(), { name: "a.wav" });
  same<typeof id, string>(true);
  const prompt = await pbx.callPark.prompt.download();
  // @ts-expect-error there may be none
  prompt.length;
};

export const signingIn = async (): Promise<void> => {
  const session = await unwrap(pbx.auth.signIn({ username: "ann", password: "p" }));
  // @ts-expect-error a second factor may be asked for
  createSession({ baseUrl, tokens: session });
  if (!session.two_factor_enabled)
    createCallParkClient({ baseUrl, token: createSession({ baseUrl, tokens: session }) });
};

export const errors = (error: RefusedError): void => {
  same<(typeof error.errors)[number]["code"], string>(true);
  same<typeof error.status, number>(true);
};

export const queries = (): void => {
  const { queryFn } = callParkQuery(pbx);
  same<Awaited<ReturnType<typeof queryFn>>, CallPark>(true);
  // @ts-expect-error a query client is missing
  updateCallParkMutation(pbx);
};
