import { gzipSync } from "node:zlib";
import { edit } from "../proxy.ts";
import { json, refusal, type Variation } from "./variation.ts";

const deeper = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(deeper);
  if (typeof value !== "object" || value === null) return value;
  const known = Object.entries(value).map(([name, one]) => [name, deeper(one)]);
  return { ...Object.fromEntries(known), x_added: { list: [1, null] } };
};

const otherwise = new Map([
  [422, 400],
  [405, 404],
]);

export const transport: readonly Variation[] = [
  {
    what: "closes each connection and compresses its answers, empty ones too",
    faults: () => ({
      answer: (answer) => {
        answer.headers["connection"] = "close";
        if (answer.status === 204) return;
        answer.body = gzipSync(answer.body);
        answer.headers["content-encoding"] = "gzip";
      },
    }),
  },
  {
    what: "sends in chunks, names the charset, and writes headers its own way",
    faults: () => ({
      deliver: (answer, _, outgoing) => {
        const { "content-type": type, ...others } = answer.headers;
        const named = type?.replace(/^application\/json$/, "application/json; charset=UTF-8");
        const headers = Object.entries({ server: "pbx", ...others, ...(named && { "content-type": named }) });
        const written = headers.reverse().map(([name, value]) => [name.toUpperCase(), value]);
        outgoing.writeHead(answer.status, Object.fromEntries(written)).flushHeaders();
        for (let at = 0; at < answer.body.length; at += 4096) outgoing.write(answer.body.subarray(at, at + 4096));
        outgoing.end();
      },
    }),
  },
  {
    what: "answers 403 where others answer 422",
    faults: () => ({
      answer: (answer) => {
        if (answer.status === 422) answer.status = 403;
      },
    }),
  },
  {
    what: "writes blanks around the values of its headers",
    faults: () => ({
      answer: (answer) => {
        for (const [name, value] of Object.entries(answer.headers)) answer.headers[name] = ` \t${value} \t `;
      },
    }),
  },
  {
    what: "closes each connection without a word",
    faults: () => ({
      deliver: ({ status, headers, body }, _, outgoing) => {
        const { socket } = outgoing;
        outgoing.writeHead(status, { ...headers, "content-length": body.length }).end(body, () => socket?.end());
      },
    }),
  },
  {
    what: "answers 400 where others answer 422, 404 for 405, and further fields at every level",
    faults: () => ({
      answer: (answer, { path }) => {
        answer.status = otherwise.get(answer.status) ?? answer.status;
        if (answer.body.length > 0 && answer.headers["content-type"] === "application/json" && !path.includes("/auth/"))
          answer.body = Buffer.from(JSON.stringify(deeper(JSON.parse(answer.body.toString()))));
      },
    }),
  },
  {
    what: "answers 422 where others answer 400, with more in each error",
    faults: () => ({
      answer: (answer) => {
        if (answer.status < 400) return;
        if (answer.status === 400) answer.status = 422;
        if (answer.body.length > 0)
          edit(answer, (body) =>
            Object.assign(body, {
              errors: [{ code: "NEW_CODE", message: "no", detail: [1], help: "x" }],
              request: "x",
            }),
          );
      },
    }),
  },
  {
    what: "limits the rate now and then",
    faults: () => {
      let requests = 0;
      return {
        request: () => {
          requests += 1;
          return requests % 37 === 0 ? refusal(429, { "retry-after": "0" }) : undefined;
        },
      };
    },
  },
  {
    what: "stands behind a path",
    faults: () => ({
      request: (request) => {
        if (!request.path.startsWith("/pbx/api/")) return refusal(404);
        request.path = request.path.slice("/pbx".length);
        return undefined;
      },
    }),
    target: ({ proxy }) => ({ url: `${proxy.url}/pbx/api` }),
  },
  ...[true, false].map(
    (rotates): Variation => ({
      what: `ends the token again and again and ${rotates ? "changes" : "keeps"} the refresh token`,
      faults: () => {
        let requests = 0;
        let generation = 0;
        let real = "";
        const refreshToken = () => (rotates ? `refresh-${generation}` : "refresh-0");
        return {
          request: (request) => {
            requests += 1;
            const given = request.headers.authorization ?? "";
            real ||= given;
            if (request.path === "/api/auth/refresh_token") {
              if (JSON.parse(request.body.toString()).refresh_token !== refreshToken()) return refusal(401);
              generation += 1;
              requests = 0;
              const tokens = { access_token: `access-${generation}`, refresh_token: refreshToken() };
              return json({ token_type: "Bearer", expires_in: 60, ...tokens });
            }
            const good = generation === 0 ? given === real : given === `Bearer access-${generation}`;
            if (good && requests > 60) return refusal(401);
            if (good) request.headers.authorization = real;
            return undefined;
          },
        };
      },
      target: () => ({ refreshToken: "refresh-0" }),
    }),
  ),
  {
    what: "is of an older line and ends the token",
    options: { version: "22.0" },
    faults: () => {
      let requests = 0;
      let real = "";
      return {
        request: (request) => {
          requests += 1;
          real ||= request.headers.authorization ?? "";
          if (request.path === "/api/login/oauth/token") {
            const form = new URLSearchParams(request.body.toString());
            return form.get("grant_type") === "refresh_token" && form.get("scope") === "all" && form.get("client_id")
              ? json({ token_type: "Bearer", expires_in: 60, access_token: "new", refresh_token: "refresh" })
              : refusal(400);
          }
          if (requests > 60 && request.headers.authorization === real) return refusal(401);
          if (request.headers.authorization === "Bearer new") request.headers.authorization = real;
          return undefined;
        },
      };
    },
    target: () => ({ refreshToken: "refresh" }),
  },
];
