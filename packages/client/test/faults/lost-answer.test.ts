import { expect, test } from "vitest";
import {
  clientOf,
  type Fate,
  failureOf,
  head,
  replyJson,
  servePbx,
  serveRaw,
  settings,
  transports,
} from "./raw-server.ts";

const update = (url: string) => clientOf(url, globalThis).callPark.update({ recall_time: 120 });

test.each(transports)(
  "F09 reset after the POST was applied: confirmed, exactly one POST seen (%s)",
  async (_, transport) => {
    await using server = await servePbx((socket, { apply }) => {
      apply();
      socket.resetAndDestroy();
    });
    const { data, error, response } = await clientOf(server.url, transport).callPark.update({ recall_time: 120 });
    expect([data, error, response.status]).toEqual([undefined, undefined, 200]);
    expect(server.seen()).toEqual([
      "GET /api/call_park",
      "POST /api/call_park",
      "GET /api/call_park",
      "GET /api/call_park",
    ]);
    expect(server.now()).toEqual({ ...settings, recall_time: 120 });
  },
);

test("F09 reset, and the POST is applied only after the first reading: two equal readings are waited for", async () => {
  let reads = 0;
  let late: (() => void) | undefined;
  const fate: Fate = (socket, { apply }) => {
    late = apply;
    socket.resetAndDestroy();
  };
  await using server = await servePbx(fate, () => {
    reads += 1;
    // The one before the write, and the first one after it, see the old settings.
    if (reads === 3) late?.();
  });
  const { error } = await update(server.url);
  expect([error, server.writes(), reads, server.now().recall_time]).toEqual([undefined, 1, 4, 120]);
});

test("F09 reset twice without being applied: sent twice at most, then in doubt", async () => {
  await using server = await servePbx((socket) => socket.resetAndDestroy());
  expect(await failureOf(update(server.url))).toMatchObject({ name: "OutcomeUnknownError" });
  expect(server.writes()).toBe(2);
});

test("F09 reset, and somebody else changed the settings: a conflict, and theirs is left alone", async () => {
  await using server = await servePbx((socket, { set }) => {
    set({ recall_time: 240 });
    socket.resetAndDestroy();
  });
  expect(await failureOf(update(server.url))).toMatchObject({
    name: "ConflictError",
    states: { before: settings, wanted: { recall_time: 120 }, now: { ...settings, recall_time: 240 } },
  });
  expect([server.writes(), server.now().recall_time]).toEqual([1, 240]);
});

test("F09 reset, and reading fails too: in doubt, sent once", async () => {
  let lost = false;
  await using server = await serveRaw((socket, { method }) => {
    lost ||= method === "POST";
    if (lost) socket.resetAndDestroy();
    else replyJson(socket, 200, settings);
  });
  expect(await failureOf(update(server.url))).toMatchObject({ name: "OutcomeUnknownError" });
  expect(server.seen().filter((one) => one.startsWith("POST"))).toEqual(["POST /api/call_park"]);
});

test("F09 reset, and the settings never come to rest: in doubt after 10 readings, not for ever", async () => {
  let reads = 0;
  const busy = await servePbx(
    (socket) => socket.resetAndDestroy(),
    (set) => {
      reads += 1;
      set({ recall_ring_group_time: reads });
    },
  );
  await using server = busy;
  expect(await failureOf(update(server.url))).toMatchObject({ name: "OutcomeUnknownError" });
  expect([server.writes(), reads]).toEqual([1, 11]);
});

test("F09 reset, and the PBX gives the prompt another URL each time: that is no change", async () => {
  let reads = 0;
  const sign = (set: (change: object) => void) => {
    reads += 1;
    set({ prompt_file_name: "hold.wav", prompt_file_size: 44, prompt_file_url: `/api/blobs/abc?signed=${reads}` });
  };
  await using server = await servePbx((socket, { apply, count }) => {
    if (count === 1) return socket.resetAndDestroy();
    apply();
    socket.write(head(200, { "Content-Length": 0 }));
  }, sign);
  const { error } = await update(server.url);
  expect([error, server.writes(), server.now().recall_time]).toEqual([undefined, 2, 120]);
});

test.each<[string, object, object, number]>([
  ["another name", { prompt_file_name: "new.wav", prompt_file_size: 44 }, {}, 1],
  ["another URL that stays", { prompt_file_url: "/api/blobs/new" }, {}, 1],
  ["the same in all that can be read", {}, {}, 2],
])("F09 reset while a prompt was set: %s tells", async (_, applied, before, writes) => {
  const first = { prompt_file_name: "hold.wav", prompt_file_size: 44, prompt_file_url: "/api/blobs/abc", ...before };
  let isRead = false;
  await using server = await servePbx(
    (socket, { set, count }) => {
      if (count === 2) return void socket.write(head(200, { "Content-Length": 0 }));
      set(applied);
      socket.resetAndDestroy();
    },
    (set) => {
      if (!isRead) set(first);
      isRead = true;
    },
  );
  const { error } = await clientOf(server.url, globalThis).callPark.update({ prompt_file_id: "NzAx" });
  expect([error, server.writes()]).toEqual([undefined, writes]);
});

test.each(transports)(
  "F10 stale keep-alive socket under a POST: read, sent again, applied once (%s)",
  async (_, transport) => {
    const log: string[] = [];
    let now = settings;
    await using server = await serveRaw((socket, { method, body, ofConnection }) => {
      if (method === "GET") return replyJson(socket, 200, now);
      // As if its keep-alive time had ended while the request was on its way.
      if (log.length === 0 && ofConnection > 1) {
        log.push("closed under the request");
        socket.destroy();
        return;
      }
      log.push("applied");
      now = { ...now, ...JSON.parse(body) };
      socket.write(head(200, { "Content-Length": 0 }));
    });
    const pbx = clientOf(server.url, transport);
    // Two connections are left open: the update reads over one, and must not need a new one to write.
    await Promise.all([pbx.callPark.get(), pbx.callPark.get()]);
    await new Promise(setImmediate);
    const { error } = await pbx.callPark.update({ recall_time: 120 });
    expect([error, log, now.recall_time]).toEqual([undefined, ["closed under the request", "applied"], 120]);
  },
);

test.each(transports)(
  "F10 stale keep-alive socket under a raw POST: in doubt, sent once (%s)",
  async (_, transport) => {
    await using server = await serveRaw((socket, { ofConnection }) => {
      if (ofConnection > 1) socket.destroy();
      else replyJson(socket, 200, settings);
    });
    const pbx = clientOf(server.url, transport);
    await pbx.callPark.get();
    await new Promise(setImmediate);
    expect(await failureOf(pbx.POST("/call_park", { body: { recall_time: 120 } }))).toMatchObject({
      name: "OutcomeUnknownError",
    });
    expect([server.seen(), server.connections()]).toEqual([["GET /api/call_park", "POST /api/call_park"], 1]);
  },
);
