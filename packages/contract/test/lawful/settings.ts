import { isCallPark } from "../proxy.ts";
import { begins, refusal, ringGroup, shows, takes, type Variation } from "./variation.ts";

const hidesTheNumber = () => ({
  answer: shows((settings) => {
    if (settings["enabled"] === false) settings["extension_number"] = null;
  }),
});

const refusesNull = () => ({
  request: takes((body) => (Object.values(body).includes(null) ? refusal(422) : undefined)),
});

/** A field of GET that is not documented, and what becomes of it with each POST. */
const furtherField = (first: unknown, next: (value: unknown, body: Record<string, unknown>) => unknown) => () => {
  let value = first;
  let sent: Record<string, unknown> = {};
  return {
    request: takes((body) => {
      sent = { ...body };
      delete body["further"];
      return undefined;
    }),
    answer: (...[answer, request]: Parameters<ReturnType<typeof shows>>) => {
      if (isCallPark(request, "POST") && answer.status === 200) value = next(value, sent);
      shows((settings) => Object.assign(settings, { further: value }))(answer, request);
    },
  };
};

export const settings: readonly Variation[] = [
  {
    what: "shows no ring group in USER_ONLY",
    faults: () => ({
      answer: shows((body) => {
        if (body["recall_to"] === "USER_ONLY") body["ring_group_id"] = null;
      }),
    }),
    setup: async (pbx) => pbx.change({ recall_to: "RING_GROUP_ONLY", ring_group_id: await ringGroup(pbx) }),
  },
  {
    what: "pays no heed to the ring group in USER_ONLY",
    faults: () => ({
      request: takes((body) => {
        if (body["recall_to"] === "USER_ONLY") body["ring_group_id"] = null;
        return undefined;
      }),
    }),
  },
  { what: "hides the number while it is off", faults: hidesTheNumber },
  { what: "hides the number while it is off, and is off", faults: hidesTheNumber, setup: begins({ enabled: false }) },
  { what: "is off and has no number", setup: begins({ enabled: false, extension_number: null }) },
  {
    what: "is off, has no number, and resets what a POST leaves out",
    options: { semantics: "replace" },
    setup: begins({ enabled: false, extension_number: null, recall_to: "USER_ONLY" }),
  },
  {
    what: "drops the prompt where a POST does not name it",
    faults: () => ({
      request: takes((body) => {
        body["prompt_file_id"] ??= null;
        return undefined;
      }),
    }),
  },
  {
    what: "gives the prompt another URL with each reading",
    faults: () => {
      let readings = 0;
      let real = "";
      return {
        request: (request) => {
          if (!request.path.startsWith("/api/blobs/once-")) return undefined;
          if (request.path !== `/api/blobs/once-${readings}`) return refusal(404);
          request.path = real;
          return undefined;
        },
        answer: shows((body) => {
          if (typeof body["prompt_file_url"] !== "string") return;
          real = body["prompt_file_url"];
          readings += 1;
          body["prompt_file_url"] = `/api/blobs/once-${readings}`;
        }),
      };
    },
  },
  { what: "refuses null", faults: refusesNull },
  { what: "refuses null and has no prompt", faults: refusesNull, setup: begins({ prompt_file_id: null }) },
  {
    what: "has no prompt and its times at their bounds",
    setup: begins({ prompt_file_id: null, recall_time: 60, recall_ring_group_time: 900 }),
  },
  {
    what: "recalls to a ring group and resets what a POST leaves out",
    options: { semantics: "replace" },
    setup: async (pbx) =>
      pbx.change({
        enabled: true,
        extension_number: "668",
        recall_time: 120,
        recall_to: "USER_FIRST_THEN_RING_GROUP",
        ring_group_id: await ringGroup(pbx),
      }),
  },
  {
    what: "tells the time in a field of its own",
    faults: () => {
      let ticks = 0;
      return {
        answer: shows((body) => {
          ticks += 1;
          body["now"] = ticks;
        }),
      };
    },
  },
  { what: "counts its writes in a field of its own", faults: furtherField(7, (value) => Number(value) + 1) },
  {
    what: "keeps the time of the last write, to the second",
    faults: furtherField("2026-01-01T00:00:00Z", () => "2026-11-23T22:35:43Z"),
  },
  {
    what: "loses a field that is not documented where a POST does not name it",
    faults: furtherField("jazz", (_, body) => body["further"] ?? null),
  },
];
