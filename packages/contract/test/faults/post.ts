import type { Faults } from "../proxy.ts";
import { type Body, bodyOf, type Fault, hears, isCallPark, no, refusesSo, shows, takes, yes } from "./fault.ts";

/** The run, and the PBX with it, may have ended by then. */
const gone = () => undefined;

const accepts = (what: string, code: string, wanted: (body: Body, raw: string) => boolean): Fault => ({
  what: `takes ${what}`,
  code: `call_park.post.${code}`,
  faults: () => takes((body, raw) => (wanted(body, raw) ? yes() : undefined)),
});
const acceptsValue = (name: string, value: unknown, rule: string): Fault =>
  accepts(`${name} ${JSON.stringify(value)}`, `${name}.${rule}.accepted`, (body) => body[name] === value);
const acceptsType = (name: string, what: string, is: (value: unknown) => boolean, rule = "type"): Fault =>
  accepts(`${what} for ${name}`, `${name}.${rule}.accepted`, (body) => name in body && is(body[name]));
const refuses = (what: string, code: string, wanted: (body: Body) => boolean, status = 400): Fault => ({
  what: `refuses ${what}`,
  code: `call_park.post.${code}`,
  faults: () => takes((body) => (wanted(body) ? no(status) : undefined)),
});
const stores = (what: string, code: string, change: (body: Body) => void): Fault => ({
  what,
  code: `call_park.post.${code}`,
  faults: () => hears(change),
});
const text = (value: unknown): value is string => typeof value === "string";
const number = (value: unknown): value is number => typeof value === "number";
const times = ["recall_time", "recall_ring_group_time"];

/** Shows with GET what POST took though it should not have. */
const remembers = (name: string, wanted: (value: unknown) => boolean): Faults => {
  let shown: unknown;
  const hidden = takes((body) => {
    if (!wanted(body[name])) return undefined;
    shown = body[name];
    return yes();
  });
  const show = shows((body) => {
    if (shown !== undefined) body[name] = shown;
  });
  return {
    ...hidden,
    answer: (answer, request) => {
      if (isCallPark(request, "POST") && answer.status === 200 && !wanted(bodyOf(request)?.[name])) shown = undefined;
      return show.answer?.(answer, request);
    },
  };
};

const onRefusal = (what: string, message: string): Fault => ({
  what: `${what} where it refuses a body`,
  code: "call_park.post.",
  faults: () =>
    refusesSo(
      "POST",
      (answer) => Object.assign(answer, no(400, [{ code: "VALIDATE_FAILED", message }])),
      (status) => [400, 422].includes(status),
    ),
});

export const post: readonly Fault[] = [
  ...times.flatMap((name) => [
    acceptsValue(name, 59, "minimum"),
    acceptsValue(name, 901, "maximum"),
    acceptsValue(name, 0, "minimum"),
    acceptsType(name, "a text", text),
    acceptsType(name, "a fraction", (value) => number(value) && !Number.isInteger(value)),
    acceptsType(name, "true", (value) => value === true),
    acceptsType(name, "a list", Array.isArray),
    refuses(`the minimum of ${name}`, `${name}.minimum.refused`, (body) => body[name] === 60),
    refuses(
      `the maximum of ${name}`,
      name === "recall_time" ? `${name}.maximum.refused` : `${name}.`,
      (body) => body[name] === 900,
    ),
    stores(`rounds ${name}`, `${name}.`, (body) => {
      if (number(body[name])) body[name] = Math.round(body[name] / 60) * 60;
    }),
    stores(`adds one to ${name}`, "", (body) => {
      if (number(body[name]) && body[name] < 900 && body[name] !== 300) body[name] += 1;
    }),
    stores(`keeps ${name} in a byte`, "", (body) => {
      if (number(body[name]) && body[name] > 300) body[name] = 60 + (body[name] % 240);
    }),
    stores(`never writes ${name}`, `${name}.`, (body) => delete body[name]),
    {
      what: `stores null for ${name}`,
      code: `call_park.post.${name}.null.accepted`,
      faults: () => remembers(name, (value) => value === null),
    },
  ]),
  acceptsValue("recall_time", 2 ** 32 + 300, "maximum"),
  acceptsType("enabled", "a text", text),
  acceptsType("enabled", "a number", number),
  acceptsType("send_notification_to_parker", "a text", text),
  acceptsType("send_notification_to_parker", "a number", number),
  acceptsValue("extension_number", "77", "pattern"),
  acceptsType("extension_number", "65 digits", (value) => text(value) && value.length === 65, "pattern"),
  acceptsType(
    "extension_number",
    "digits before more",
    (value) => text(value) && /^[0-9]{3,64}[^0-9]/.test(value),
    "pattern",
  ),
  acceptsType(
    "extension_number",
    "digits after more",
    (value) => text(value) && /[^0-9][0-9]{3,64}$/.test(value),
    "pattern",
  ),
  acceptsType("extension_number", "a space", (value) => text(value) && value.startsWith(" "), "pattern"),
  acceptsType("extension_number", "a line break", (value) => text(value) && value.endsWith("\n"), "pattern"),
  acceptsType(
    "extension_number",
    "any script's digits",
    (value) => text(value) && /^\p{Nd}{3,64}$/u.test(value) && !/^\d+$/.test(value),
    "pattern",
  ),
  acceptsType("extension_number", "nothing", (value) => value === "", "pattern"),
  acceptsType("extension_number", "a number", number),
  acceptsType("recall_to", "small letters", (value) => value === "user_only", "enum"),
  acceptsType("recall_to", "anything", (value) => value === "USER_ONL", "enum"),
  acceptsType("recall_to", "nothing", (value) => value === "", "enum"),
  acceptsType("recall_to", "a number", number),
  {
    what: "stores null for recall_to",
    code: "call_park.post.recall_to.null.accepted",
    faults: () => remembers("recall_to", (value) => value === null),
  },
  {
    what: "stores null for enabled",
    code: "call_park.post.enabled.null.accepted",
    faults: () => remembers("enabled", (value) => value === null),
  },
  ...["RING_GROUP_ONLY", "USER_FIRST_THEN_RING_GROUP"].flatMap((mode) => [
    accepts(
      `${mode} without a ring group`,
      "ring_group_id.missing.accepted",
      (body) => body["recall_to"] === mode && !("ring_group_id" in body),
    ),
    accepts(
      `${mode} with a null ring group`,
      "ring_group_id.null.accepted",
      (body) => body["recall_to"] === mode && body["ring_group_id"] === null,
    ),
  ]),
  // The sandbox's ids are base64 of digits, so that each begins with M, N or O.
  accepts(
    "an unknown ring group",
    "ring_group_id.unknown.accepted",
    (body) => text(body["ring_group_id"]) && /^[^MNO]/.test(body["ring_group_id"]),
  ),
  accepts(
    "an empty ring group",
    "ring_group_id.minLength.accepted",
    (body) => body["recall_to"] !== "USER_ONLY" && body["ring_group_id"] === "",
  ),
  accepts("a number as ring group", "ring_group_id.type.accepted", (body) => number(body["ring_group_id"])),
  accepts("an unknown prompt", "prompt_file_id.unknown.accepted", (body) =>
    String(body["prompt_file_id"]).startsWith("Y2FsbHBhcms"),
  ),
  accepts("a number as prompt", "prompt_file_id.type.accepted", (body) => number(body["prompt_file_id"])),
  accepts(
    "a body that breaks off",
    "malformed.accepted",
    (_, raw) => raw.startsWith("{") && !raw.trimEnd().endsWith("}"),
  ),
  accepts("a comma too many", "malformed.accepted", (_, raw) => raw.endsWith(",}")),
  accepts("a list", "no_object.accepted", (_, raw) => raw.startsWith("[")),
  accepts("null", "null.accepted", (_, raw) => raw === "null"),
  {
    what: "fails at a broken body",
    code: "call_park.post.malformed.crashed",
    faults: () => takes((_, raw) => (raw.startsWith("{") && !raw.endsWith("}") ? no(500) : undefined)),
  },
  {
    what: "fails at a bad time",
    code: "call_park.post.recall_time.maximum.crashed",
    faults: () => takes((body) => (body["recall_time"] === 901 ? no(500) : undefined)),
  },
  {
    what: "calls a bad time a bad token",
    code: "call_park.post.recall_time.maximum.status",
    faults: () => takes((body) => (body["recall_time"] === 901 ? no(401) : undefined)),
  },
  {
    what: "refuses without the envelope",
    code: "call_park.post.",
    faults: () =>
      refusesSo(
        "POST",
        (answer) => {
          answer.body = Buffer.from('{"error":"no"}');
        },
        (status) => [400, 422].includes(status),
      ),
  },
  {
    what: "refuses with a text",
    code: "call_park.post.",
    faults: () =>
      refusesSo(
        "POST",
        (answer) =>
          Object.assign(answer, { headers: { "content-type": "text/plain" }, body: Buffer.from("Bad Request") }),
        (status) => [400, 422].includes(status),
      ),
  },
  onRefusal("says its SQL", "UPDATE call_park SET recall_time = 901 WHERE tenant = 1"),
  onRefusal("says a path", "cannot open /var/lib/pbx/tenant.db"),
  onRefusal("says its exception", "ValidationException in validator"),
  ...(
    [
      ["answers 201", 201],
      ["answers 204", 204],
      ["answers 202", 202],
    ] as const
  ).map(
    ([what, status]): Fault => ({
      what: `${what} to a POST`,
      code: "call_park.post.own_settings.status",
      faults: () =>
        refusesSo(
          "POST",
          (answer) => Object.assign(answer, { status }),
          (one) => one === 200,
        ),
    }),
  ),
  {
    what: "answers a POST with the settings",
    code: "call_park.post.own_settings.content",
    faults: () =>
      refusesSo(
        "POST",
        (answer) => {
          answer.headers["content-type"] = "application/json";
          answer.body = Buffer.from("{}");
        },
        (one) => one === 200,
      ),
  },
  {
    what: "says yes and does nothing",
    code: "call_park.post.",
    faults: () =>
      takes((body) =>
        "recall_time" in body &&
        body["recall_time"] !== 300 &&
        Number(body["recall_time"]) >= 60 &&
        Number(body["recall_time"]) <= 900 &&
        !JSON.stringify(body).includes("Y2F")
          ? yes()
          : undefined,
      ),
  },
  stores("takes one time for the other", "", (body) => {
    const [one, other] = times as [string, string];
    if (number(body[one]) && number(body[other]) && body[one] !== body[other])
      [body[one], body[other]] = [body[other], body[one]];
  }),
  stores("never writes enabled", "enabled.", (body) => delete body["enabled"]),
  stores(
    "never writes the notification",
    "send_notification_to_parker.",
    (body) => delete body["send_notification_to_parker"],
  ),
  stores("never writes the number", "extension_number.", (body) => delete body["extension_number"]),
  stores("loses noughts before a number", "extension_number.", (body) => {
    if (text(body["extension_number"]) && /^0\d{3,63}$/.test(body["extension_number"]))
      body["extension_number"] = body["extension_number"].replace(/^0+/, "");
  }),
  stores("cuts long numbers", "extension_number.", (body) => {
    if (text(body["extension_number"]) && /^\d{3,64}$/.test(body["extension_number"]))
      body["extension_number"] = body["extension_number"].slice(0, 20);
  }),
  refuses(
    "long numbers",
    "extension_number.refused",
    (body) => text(body["extension_number"]) && /^\d{33,64}$/.test(body["extension_number"]),
  ),
  refuses("numbers of three digits", "extension_number.refused", ({ extension_number: number }) =>
    /^(?!666)\d{3}$/.test(String(number)),
  ),
  stores("takes the other ring-group mode", "recall_to.", (body) => {
    if (body["recall_to"] === "USER_FIRST_THEN_RING_GROUP" && body["ring_group_id"])
      body["recall_to"] = "RING_GROUP_ONLY";
  }),
  refuses("one field alone", "", (body) => Object.keys(body).length === 1),
  {
    what: "refuses a body without fields",
    code: "call_park.post.partial.none.refused",
    faults: () => takes((_, raw) => (raw === "{}" ? no() : undefined)),
  },
  {
    what: "writes the good fields of a bad body",
    code: "call_park.post.",
    faults: (pbx) => ({
      answer: async (answer, request) => {
        const body = bodyOf(request);
        if (!isCallPark(request, "POST") || !body || !request.headers.authorization || answer.status < 400) return;
        const good = Number(body["recall_time"]);
        if (Number.isInteger(good) && good >= 60 && good <= 900) await pbx().change({ recall_time: good });
      },
    }),
  },
  {
    what: "refuses a bad time and writes a bound",
    code: "call_park.post.recall_time.maximum.changed",
    faults: (pbx) => ({
      answer: async (_, request) => {
        if (isCallPark(request, "POST") && request.headers.authorization && bodyOf(request)?.["recall_time"] === 901)
          await pbx().change({ recall_time: 900 });
      },
    }),
  },
  {
    what: "goes back to its defaults when it refuses",
    code: "call_park.post.",
    faults: (pbx) => ({
      answer: async (answer, request) => {
        if (isCallPark(request, "POST") && request.headers.authorization && answer.status >= 400)
          await pbx().change({ recall_time: 300, recall_ring_group_time: 300 });
      },
    }),
  },
  {
    what: "shows a change only a moment later",
    code: "call_park.post.late",
    faults: () => {
      let stale: Buffer | undefined;
      let looks = 0;
      return {
        answer: (answer, request) => {
          if (isCallPark(request, "POST") && answer.status === 200) looks = 1;
          if (!isCallPark(request, "GET") || answer.status !== 200) return;
          if (looks > 0 && stale) answer.body = stale;
          else stale = answer.body;
          looks -= 1;
        },
      };
    },
  },
  {
    what: "takes back a moment later what it was told",
    code: "call_park.post.",
    faults: (pbx) => ({
      answer: (_, request) => {
        if (isCallPark(request, "POST") && bodyOf(request)?.["recall_time"] !== 300)
          setTimeout(() => pbx().change({ recall_time: 300 }).catch(gone), 40);
      },
    }),
  },
  ...["PUT", "PATCH", "DELETE"].map(
    (method): Fault => ({
      what: `takes ${method}`,
      code: `call_park.methods.${method.toLowerCase()}.accepted`,
      faults: () => ({ request: (request) => (isCallPark(request, method) ? yes() : undefined) }),
    }),
  ),
  {
    what: "refuses PUT and does it",
    code: "call_park.methods",
    faults: (pbx) => ({
      answer: async (_, request) => {
        if (isCallPark(request, "PUT") && request.headers.authorization)
          await pbx().change(JSON.parse(request.body.toString()));
      },
    }),
  },
  {
    what: "refuses DELETE and does it",
    code: "call_park.methods",
    // It is seen where the settings are not those that it goes back to.
    only: "call_park",
    faults: (pbx) => ({
      answer: async (_, request) => {
        if (isCallPark(request, "DELETE")) await pbx().change({ recall_time: 300, recall_ring_group_time: 300 });
      },
    }),
  },
  refuses(
    "every third POST",
    "",
    (() => {
      let count = 0;
      return () => {
        count += 1;
        return count % 3 === 0;
      };
    })(),
  ),
];
