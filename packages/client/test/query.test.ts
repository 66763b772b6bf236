import { createCallParkClient } from "@callpark/client";
import {
  callParkGroupQuery,
  callParkGroupsQuery,
  callParkKeys,
  callParkQuery,
  updateCallParkMutation,
} from "@callpark/client/query";
import type { CallPark, CallParkGroup, CallParkUpdate } from "@callpark/types";
import { MutationObserver, QueryClient, QueryObserver } from "@tanstack/query-core";
import { expect, test } from "vitest";
import { json, serve } from "./server.ts";

const client = (baseUrl: string) => createCallParkClient({ baseUrl, token: "t", write: true });
const groups = ["a", "b"].map((id) => ({ id, name: id, recall_to: "USER_ONLY", ring_group_id: null }));

/** Settings that are as they were written last. */
const servePbx = () => {
  let recallTime = 300;
  return serve(({ method, url = "" }, response) => {
    if (method === "POST") {
      recallTime = 120;
      response.writeHead(200).end();
    } else if (url.endsWith("/call_park")) json(response, 200, { recall_time: recallTime });
    else if (url.includes("?")) json(response, 200, { count: 2, items: groups });
    else json(response, 200, groups[0]);
  });
};

test("queries answer with data, under keys of their PBX", async () => {
  await using pbx = await servePbx();
  const callpark = client(pbx.url);
  const queries = new QueryClient();
  const settings: CallPark = await queries.fetchQuery(callParkQuery(callpark));
  const all: CallParkGroup[] = await queries.fetchQuery(callParkGroupsQuery(callpark));
  const one: CallParkGroup = await queries.fetchQuery(callParkGroupQuery(callpark, "a"));
  expect([settings, all, one]).toEqual([{ recall_time: 300 }, groups, groups[0]]);
  const base = ["callpark", `${pbx.url}/api`];
  expect(
    queries
      .getQueryCache()
      .getAll()
      .map(({ queryKey }) => queryKey),
  ).toEqual([
    [...base, "call_park"],
    [...base, "call_park_groups"],
    [...base, "call_park_groups", "a"],
  ]);
  expect(callParkKeys.all(callpark)).toEqual(base);
});

test("an update has the settings read again, and nothing else", async () => {
  await using pbx = await servePbx();
  const callpark = client(pbx.url);
  const queries = new QueryClient();
  const observer = new QueryObserver(queries, { ...callParkQuery(callpark), staleTime: Number.POSITIVE_INFINITY });
  const stop = observer.subscribe(() => undefined);
  await observer.refetch();
  await queries.fetchQuery(callParkGroupsQuery(callpark));
  const mutation = new MutationObserver<void, Error, CallParkUpdate>(
    queries,
    updateCallParkMutation(callpark, queries),
  );
  await mutation.mutate({ recall_time: 120 });
  expect(observer.getCurrentResult().data).toEqual({ recall_time: 120 });
  expect(queries.getQueryState(callParkKeys.groups(callpark))?.isInvalidated).toBe(false);
  stop();
});

test("an update that is refused is an error, and has the settings read again as well", async () => {
  await using pbx = await serve(({ method }, response) =>
    method === "POST"
      ? json(response, 422, { errors: [{ code: "VALIDATE_FAILED", message: "recall_time" }] })
      : json(response, 200, { recall_time: 300 }),
  );
  const callpark = client(pbx.url);
  const queries = new QueryClient();
  await queries.fetchQuery(callParkQuery(callpark));
  const mutation = new MutationObserver<void, Error, CallParkUpdate>(
    queries,
    updateCallParkMutation(callpark, queries),
  );
  await expect(mutation.mutate({ recall_time: 1 })).rejects.toMatchObject({ name: "RefusedError", status: 422 });
  expect(queries.getQueryState(callParkKeys.callPark(callpark))?.isInvalidated).toBe(true);
  expect(pbx.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
});

test("a query that is cancelled ends its request", async () => {
  const callpark = createCallParkClient({
    baseUrl: "https://pbx.example.com",
    transport: {
      fetch: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason));
          void queries.cancelQueries({ queryKey: callParkKeys.all(callpark) });
        }),
    },
  });
  const queries = new QueryClient();
  await expect(queries.fetchQuery(callParkQuery(callpark))).rejects.toThrow("CancelledError");
  expect(queries.getQueryState(callParkKeys.callPark(callpark))?.fetchStatus).toBe("idle");
});
