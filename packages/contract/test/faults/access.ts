import type { Faults, Forwarded } from "../proxy.ts";
import { isCallPark } from "../proxy.ts";
import type { Bench } from "../support.ts";
import { type Fault, no, refusesSo } from "./fault.ts";

/** The run, and the PBX with it, may have ended by then. */
const gone = () => undefined;

/** Lets a request in as if it had the good token. */
const letsIn =
  (method: string, wanted: (header: string | undefined, token: string) => boolean) =>
  (pbx: () => Bench): Faults => ({
    request: (request: Forwarded) => {
      const header = request.headers.authorization;
      const { token } = pbx();
      if (isCallPark(request, method) && header !== `Bearer ${token}` && wanted(header, token))
        request.headers.authorization = `Bearer ${token}`;
      return undefined;
    },
  });

const bearer = (header: string | undefined) => /^Bearer (.+)$/.exec(header ?? "")?.[1] ?? "";

const ways: [what: string, end: string, wanted: (header: string | undefined, token: string) => boolean][] = [
  ["without a token", "none", (header) => header === undefined],
  ["with an empty token", "empty", (header) => header?.trim() === "Bearer"],
  ["with any token", "wrong", (header) => bearer(header) !== ""],
  ["with a user name", "other_scheme", (header) => header?.startsWith("Basic ") === true],
  ["with most of a token", "cut", (header, token) => bearer(header).slice(0, 6) === token.slice(0, 6)],
];

const refusals = (method: string, start: string): Fault[] => {
  const is401 = (status: number) => status === 401;
  const way = (what: string, end: string, change: Parameters<typeof refusesSo>[1]): Fault => ({
    what: `${what} where it refuses a ${method}`,
    code: `${start}.none.${end}`,
    faults: () => refusesSo(method, change, is401),
  });
  const message =
    (text: string): Parameters<typeof refusesSo>[1] =>
    (answer) =>
      void Object.assign(answer, no(401, [{ code: "UNAUTHORIZED", message: text }]));
  return [
    way("answers 200 with an error", "accepted", (answer) => Object.assign(answer, { status: 200 })),
    way("answers 404", "status", (answer) => Object.assign(answer, { status: 404 })),
    way("answers 400", "status", (answer) => Object.assign(answer, { status: 400 })),
    way("answers 500", "crashed", (answer) => Object.assign(answer, { status: 500 })),
    way("redirects", "redirected", (answer) =>
      Object.assign(answer, { status: 302, headers: { location: "/login" }, body: Buffer.of() }),
    ),
    way("shows a web page", "", (answer) =>
      Object.assign(answer, { headers: { "content-type": "text/html" }, body: Buffer.from("<html>") }),
    ),
    way("says nothing", "", (answer) => Object.assign(answer, { headers: {}, body: Buffer.of() })),
    way("gives no errors", "errors.minItems", (answer) => Object.assign(answer, no(401, []))),
    way("says its code in small letters", "errors.code.pattern", (answer) =>
      Object.assign(answer, no(401, [{ code: "unauthorized", message: "no" }])),
    ),
    way("gives no message", "errors.message.required", (answer) => Object.assign(answer, no(401, [{ code: "NO" }]))),
    way("says where it broke", "inside", message("TypeError: x at check (/srv/pbx/auth.js:10:5)")),
    way("says its SQL", "inside", message("SELECT * FROM tokens WHERE token = ?")),
    way("says its exception", "inside", message("java.lang.NullPointerException")),
    way("says where its database is", "inside", message("connect ECONNREFUSED 10.0.3.7:5432")),
  ];
};

export const access: readonly Fault[] = [
  ...ways.flatMap(([what, end, wanted]): Fault[] => [
    {
      what: `lets a GET in ${what}`,
      code: `call_park.get.authentication.${end}.accepted`,
      faults: letsIn("GET", wanted),
    },
    {
      what: `lets a POST in ${what}`,
      code: `call_park.post.authentication.${end}.accepted`,
      faults: letsIn("POST", wanted),
    },
  ]),
  {
    what: "lets in the beginning of a token",
    code: "call_park.get.authentication.cut.accepted",
    faults: letsIn("GET", (header, token) => bearer(header).length > 5 && token.startsWith(bearer(header))),
  },
  {
    what: "lets in what begins with a token",
    code: "call_park.get.authentication.lengthened.accepted",
    faults: letsIn("GET", (header, token) => bearer(header).startsWith(token)),
  },
  {
    what: "lets in a token in another case",
    code: "call_park.get.authentication.other_case.accepted",
    faults: letsIn("GET", (header, token) => bearer(header).toLowerCase() === token.toLowerCase()),
  },
  {
    what: "lets in a token by itself",
    code: "call_park.get.authentication.malformed.accepted",
    faults: letsIn("GET", (header, token) => header === token),
  },
  ...refusals("GET", "call_park.get.authentication"),
  ...refusals("POST", "call_park.post.authentication"),
  {
    what: "refuses a GET and shows the settings",
    code: "call_park.get.authentication.none.leak",
    faults: () =>
      refusesSo("GET", (answer) => {
        answer.body = Buffer.from('{"errors":[{"code":"NO","message":"no"}],"recall_time":300}');
      }),
  },
  {
    what: "refuses a POST without a token and does it",
    code: "call_park.post.authentication.none.changed",
    faults: (pbx) => ({
      answer: async (_, request) => {
        if (isCallPark(request, "POST") && !request.headers.authorization)
          await pbx().change(JSON.parse(request.body.toString()));
      },
    }),
  },
  {
    what: "refuses a POST with null for a token and does it a moment later",
    code: "call_park.post.authentication.wrong.changed",
    faults: (pbx) => ({
      answer: (_, request) => {
        if (isCallPark(request, "POST") && request.headers.authorization === "Bearer null")
          setTimeout(() => pbx().change(JSON.parse(request.body.toString())).catch(gone), 30);
      },
    }),
  },
];
