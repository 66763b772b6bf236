import { createHash } from "node:crypto";
import { exitCodeOf, type Report, type VerifyOptions } from "@callpark/contract";
import type { SandboxOptions } from "@callpark/sandbox";
import { expect, test } from "vitest";
import { type Forwarded, isCallPark } from "../proxy.ts";
import { codes } from "../support.ts";
import { type GuardedBench, guardedBench } from "./places.ts";

const theirs = { extension_number: "777" };
const recallTime = ["call_park.post.recall_time"];

/** Somebody does this once, right after the PBX has answered such a request. */
const onceAfter = async (
  isMoment: (request: Forwarded) => boolean,
  work: (pbx: GuardedBench) => Promise<void>,
  options: SandboxOptions = {},
) => {
  let isDone = false;
  const pbx: GuardedBench = await guardedBench(
    {
      answer: async (_, request) => {
        if (isDone || !isMoment(request)) return;
        isDone = true;
        await work(pbx);
      },
    },
    options,
  );
  return pbx;
};

const sends = (value: number) => (request: Forwarded) =>
  isCallPark(request, "POST") && JSON.parse(request.body.toString())["recall_time"] === value;

const keepsTheirs = async (pbx: GuardedBench, report: Report, wanted: Record<string, unknown>) => {
  expect([report.restore.status, exitCodeOf(report)]).toEqual(["failed", 4]);
  expect(report.restore.detail).toContain(
    `Somebody else changed the call park settings during the run (${Object.keys(wanted).join(", ")}): theirs is left as it is`,
  );
  expect(await pbx.settings()).toMatchObject(wanted);
};

test("F58: what somebody changes while the prompt is uploaded again is left as theirs", async () => {
  const isUpload = ({ path }: Forwarded) => path.includes("/complete");
  const change = async (pbx: GuardedBench) => void (await pbx.change(theirs));
  await using pbx = await onceAfter(isUpload, change, { variants: ["settings.left_out.prompt_dropped"] });
  await keepsTheirs(pbx, await pbx.run({ write: "safe" }), theirs);
});

test("F58: what somebody changes right after the settings were put back is left as theirs", async () => {
  let sent = false;
  const isPutBack = (request: Forwarded) => {
    const isBack = sent && sends(300)(request);
    sent ||= sends(617)(request);
    return isBack;
  };
  await using pbx = await onceAfter(isPutBack, async (one) => void (await one.change(theirs)));
  await keepsTheirs(pbx, await pbx.run({ write: "safe", only: recallTime }), theirs);
});

/** Somebody changes the number while the run sends a recall time of 60, and this happens after its POST of that number. */
const disturbed = async (nth: number, work: (pbx: GuardedBench) => Promise<void>, isDown = () => false) => {
  let posts = -1;
  const pbx: GuardedBench = await guardedBench({
    request: () => {
      if (isDown()) throw new Error("down");
      return undefined;
    },
    answer: async (_, request) => {
      if (!isCallPark(request, "POST")) return;
      if (posts === -1 && sends(60)(request)) await pbx.change(theirs);
      else if (posts === -1) return;
      posts += 1;
      if (posts === nth) await work(pbx);
    },
  });
  return pbx;
};

test.each([700, 1300])(
  "F58: somebody has theirs in the end though the PBX is down for %d ms while it is found out",
  async (milliseconds) => {
    let until = 0;
    await using pbx = await disturbed(
      1,
      async () => {
        until = performance.now() + milliseconds;
      },
      () => performance.now() < until,
    );
    await keepsTheirs(pbx, await pbx.run({ write: "safe", only: recallTime }), theirs);
  },
);

test.each([1, 2])(
  "F58: somebody who saves again after POST %d, while it is found out, has both changes",
  async (nth) => {
    const second = { recall_ring_group_time: 555 };
    await using pbx = await disturbed(nth, async (one) => void (await one.change(second)));
    await keepsTheirs(pbx, await pbx.run({ write: "safe", only: recallTime }), { ...theirs, ...second });
  },
);

test("F58: what somebody changes while a PBX takes what it must refuse is left as theirs", async () => {
  await using pbx = await onceAfter(sends(901), async (one) => void (await one.change(theirs)), {
    faults: ["call_park.post.takes.recall_time.above_maximum"],
  });
  await keepsTheirs(pbx, await pbx.run({ write: "safe" }), theirs);
});

/** The POSTs to the settings of a run that nobody disturbs, by their place among all requests to them, with their status. */
const postsOf = async (options: VerifyOptions) => {
  const posts: { place: number; status: number }[] = [];
  let place = 0;
  await using pbx = await guardedBench({
    answer: ({ status }, request) => {
      place += 1;
      if (isCallPark(request, "POST")) posts.push({ place, status });
    },
  });
  await pbx.run(options);
  return posts;
};

test.for([
  ["a check's own", { write: "safe", only: recallTime }, 5],
  ["many checks' together", { write: "safe" }, 9],
  ["files for prompts", { write: "full", only: ["prompt_formats.refuses"] }, 3],
] as const)(
  "F58: what somebody changes among refused requests, %s, a restore leaves as theirs too",
  async ([, { write, ...rest }, step]) => {
    const options = { write, ...("only" in rest && { only: [...rest.only] }) };
    const refused = (await postsOf(options)).filter(({ status }) => status >= 400);
    expect(refused.length).toBeGreaterThan(3);
    for (const { place } of refused.filter((_, index) => index % step === 0)) {
      let count = 0;
      const isMoment = () => {
        count += 1;
        return count === place;
      };
      await using pbx = await onceAfter(isMoment, async (one) => void (await one.change(theirs)));
      await keepsTheirs(pbx, await pbx.run(options), theirs);
      expect([place, (await pbx.restore()).status]).toEqual([place, "failed"]);
      expect(await pbx.settings()).toMatchObject(theirs);
      expect((await pbx.restore({ keepCurrent: true })).kept?.byOthers).toEqual([
        { name: "extension_number", was: "666", now: "777" },
      ]);
    }
  },
);

/** Sound that is no silence: 0.3 s of it, if its length is not said. */
const wav = (size = 9600): Buffer => {
  const header = Buffer.from("52494646a425000057415645666d74201000000001000100803e0000007d00000200100064617461", "hex");
  const length = Buffer.alloc(4);
  length.writeUInt32LE(size);
  return Buffer.concat([header, length, Buffer.alloc(size, 7)]);
};

const setPrompt = async ({ sandbox, token, change }: GuardedBench, name: string, body = wav()) => {
  const uploads = `${sandbox.apiUrl}/blobs/uploads`;
  const headers = { Authorization: `Bearer ${token}` };
  const started = await fetch(`${uploads}?filename=${name}&temporary=false`, { method: "POST", headers });
  const digest = createHash("sha256").update(body).digest("hex");
  const ended = await fetch(`${uploads}/${started.headers.get("PortSIP-Upload-ID")}/complete?digest=${digest}`, {
    method: "POST",
    headers: {
      ...headers,
      "PortSIP-Upload-Token": started.headers.get("PortSIP-Upload-Token") ?? "",
      "Content-Type": "application/octet-stream",
    },
    body: new Uint8Array(body),
  });
  const { id } = (await ended.json()) as { id: string };
  await change({ prompt_file_id: id });
};

test.each([1, 2, 3])(
  "F58: a prompt that somebody sets right after POST %d of the run is left as theirs",
  async (nth) => {
    let posts = 0;
    const isMoment = (request: Forwarded) => {
      if (isCallPark(request, "POST")) posts += 1;
      return posts === nth;
    };
    await using pbx = await onceAfter(isMoment, (one) => setPrompt(one, "new-announcement.wav"));
    const report = await pbx.run({ write: "safe" });
    expect([report.restore.status, exitCodeOf(report)]).toEqual(["failed", 4]);
    expect(await pbx.settings()).toMatchObject({ prompt_file_name: "new-announcement.wav", prompt_file_size: 9644 });
  },
);

test.each(["is interrupted", "loses its connection"])(
  "F58: what somebody turns off among refused requests that would do so, too, stays off where the run %s then",
  async (what) => {
    const off = { enabled: false };
    const isOff = (request: Forwarded) =>
      isCallPark(request, "POST") && request.body.toString().includes('"enabled":false');
    const interrupting = new AbortController();
    let until = 0;
    let isOffNow = false;
    const pbx: GuardedBench = await guardedBench({
      request: () => {
        if (performance.now() < until) throw new Error("down");
        return undefined;
      },
      answer: async (_, request) => {
        if (isOffNow || !isOff(request)) return;
        isOffNow = true;
        await pbx.change(off);
        if (what === "is interrupted") interrupting.abort();
        else until = performance.now() + 300;
      },
    });
    await using _ = pbx;
    const only = ["call_park.post.recall_time.refuses", "call_park.post.extension_number.refuses"];
    const report = await pbx.run({ write: "full", only, signal: interrupting.signal });
    expect(isOffNow).toBe(true);
    await keepsTheirs(pbx, report, off);
    expect((await pbx.restore()).status).toBe("failed");
    expect(await pbx.settings()).toMatchObject(off);
  },
);

const noPrompt = { prompt_file_name: null, prompt_file_size: null, prompt_file_url: null };
const isDestroy = ({ path }: Forwarded) => path.endsWith("/destroy");
const uploads = ["call_park.post.prompt_file_id.accepts", "blobs.uploads.destroy"];

test.each([
  ["while the run writes", sends(617), { write: "safe", only: recallTime }],
  ["among requests that are refused", sends(901), { write: "safe", only: recallTime }],
  ["while an upload is given up, long after the run did so itself", isDestroy, { write: "full", only: uploads }],
] as const)("F58: a prompt that somebody takes away %s stays away", async (_, isMoment, { write, only }) => {
  await using pbx = await onceAfter(isMoment, async (one) => void (await one.change({ prompt_file_id: null })));
  const report = await pbx.run({ write, only: [...only] });
  await keepsTheirs(pbx, report, noPrompt);
  expect(report.checks.flatMap(({ findings }) => findings)).toEqual([]);
  expect((await pbx.restore()).status).toBe("failed");
  expect(await pbx.settings()).toMatchObject(noPrompt);
  expect((await pbx.restore({ keepCurrent: true })).kept?.byOthers.map(({ name }) => name)).toEqual(
    Object.keys(noPrompt),
  );
});

test.each([
  ["call_park.post.stores.off.drops_prompt", "call_park.post.enabled.accepts", "call_park.post.enabled.others"],
  ["blobs.uploads.id.destroy.post.drops_prompt", "blobs.uploads.destroy", "blobs.uploads.destroy.prompt"],
])("a PBX that takes the prompt away by itself, %s, is broken, and is put back", async (fault, check, code) => {
  await using pbx = await guardedBench({}, { faults: [fault] });
  const before = await pbx.settings();
  const report = await pbx.run({
    write: "full",
    only: ["call_park.post.own_settings", "call_park.post.recall_time.accepts_bounds", check],
  });
  expect([report.restore.status, exitCodeOf(report), codes(report)]).toEqual(["restored", 1, [code]]);
  expect(await pbx.settings()).toMatchObject({ ...before, prompt_file_url: expect.any(String) });
});

/** Somebody's new recording, called as the prompt that is there, and as long. */
const speakAnew = async (pbx: GuardedBench) => {
  const { prompt_file_name: name, prompt_file_size: size } = await pbx.settings();
  await setPrompt(pbx, String(name), wav(Number(size) - wav(0).length));
};

const promptBytes = async (pbx: GuardedBench) =>
  Buffer.from(await (await fetch(`${pbx.sandbox.url}${(await pbx.settings())["prompt_file_url"]}`)).arrayBuffer());

test.each([
  ["while the run writes", sends(617), { write: "safe", only: recallTime }],
  [
    "before the run sets its own",
    ({ path }: Forwarded) => path.includes("/complete"),
    { write: "full", only: uploads },
  ],
] as const)("F58: a prompt that somebody speaks anew %s is left as theirs", async (_, isMoment, { write, only }) => {
  await using pbx = await onceAfter(isMoment, speakAnew);
  const report = await pbx.run({ write, only: [...only] });
  const theirs = await promptBytes(pbx);
  expect([report.restore.status, exitCodeOf(report), theirs.at(-1)]).toEqual(["failed", 4, 7]);
  expect(report.restore.detail).toContain(
    "Somebody else changed the call park settings during the run (prompt_file_url): theirs is left as it is",
  );
  expect((await pbx.restore()).status).toBe("failed");
  const { result } = await pbx.restore({ keepCurrent: true });
  expect(result?.detail).toContain("The prompt that was there before the run is kept in ");
  expect(await promptBytes(pbx)).toEqual(theirs);
});

test("F58: a prompt that somebody speaks anew once a run was killed is no restore's to overwrite", async () => {
  let isDown = false;
  await using pbx = await guardedBench({
    request: () => {
      if (isDown) throw new Error("down");
      return undefined;
    },
    answer: (_, request) => {
      isDown ||= sends(617)(request);
    },
  });
  await pbx.run({ write: "safe", only: recallTime });
  await speakAnew(pbx);
  isDown = false;
  for (const _ of ["once", "again"]) {
    const { status, result } = await pbx.restore();
    expect([status, result?.detail]).toEqual([
      "failed",
      expect.stringContaining("(prompt_file_url): theirs is left as it is"),
    ]);
    expect((await promptBytes(pbx)).at(-1)).toBe(7);
  }
});

test("a prompt whose URL is another one on each reading raises no alarm, and costs no request more", async () => {
  const requests: number[] = [];
  for (const variants of [[], ["settings.prompt_url.new_each_time"]]) {
    await using pbx = await guardedBench({}, { variants });
    const report = await pbx.run({ write: "safe" });
    expect([report.restore.status, exitCodeOf(report)]).toEqual(["restored", 0]);
    requests.push(report.requests);
  }
  expect(requests[1]).toBe(requests[0]);
});
