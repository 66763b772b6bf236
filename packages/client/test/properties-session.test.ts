import { createCallParkClient, createSession, type Tokens } from "@callpark/client";
import fc from "fast-check";
import { expect, test } from "vitest";

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

test("however calls and refusals fall together, there is one refresh for each token that ended", () =>
  fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.constantFrom("call", "expire"), { minLength: 1, maxLength: 30 }),
      fc.boolean(),
      async (scheduler, steps, rotates) => {
        /** The PBX: which pair is good, and which it ever gave. */
        let generation = 0;
        let good = "a0";
        const given = new Set(["a0 r0"]);
        const refreshes: string[] = [];
        const pbx = async (url: string, init: RequestInit): Promise<Response> => {
          await scheduler.schedule(Promise.resolve(), "request");
          if (!url.endsWith("/auth/refresh_token")) {
            const { Authorization } = init.headers as Record<string, string>;
            const answer = Authorization === `Bearer ${good}` ? json(200, { recall_time: 300 }) : json(401, {});
            await scheduler.schedule(Promise.resolve(), "answer");
            return answer;
          }
          const { refresh_token } = JSON.parse(String(init.body));
          refreshes.push(refresh_token);
          generation += 1;
          good = `a${generation}`;
          const refresh = rotates ? `r${generation}` : refresh_token;
          given.add(`${good} ${refresh}`);
          const body = { token_type: "Bearer", access_token: good, expires_in: 1800 };
          const answer = json(200, rotates ? { ...body, refresh_token: refresh } : body);
          await scheduler.schedule(Promise.resolve(), "refreshed");
          return answer;
        };
        const stored: Tokens[] = [];
        let kept: Tokens = { access_token: "a0", refresh_token: "r0", expires_in: 1800 };
        const baseUrl = "https://session.example.com";
        const token = createSession({
          baseUrl,
          transport: { fetch: pbx },
          tokens: {
            read: async () => {
              await scheduler.schedule(Promise.resolve(), "read");
              return kept;
            },
            write: async (tokens) => {
              await scheduler.schedule(Promise.resolve(), "write");
              kept = tokens;
              stored.push(tokens);
            },
          },
        });
        const client = createCallParkClient({ baseUrl, token, transport: { fetch: pbx } });
        let ended = 0;
        const calls = steps.map(async (step) => {
          await scheduler.schedule(Promise.resolve(), step);
          if (step === "call") return (await client.GET("/call_park")).response.status;
          if (good === `a${generation}`) ended += 1;
          good = "none";
          return 200;
        });
        await scheduler.waitAll();
        await scheduler.waitFor(Promise.all(calls));
        // Never more than one for each token that ended, and every pair stored is one that the PBX gave.
        expect(refreshes.length).toBeLessThanOrEqual(ended);
        expect(stored.length).toBe(refreshes.length);
        for (const { access_token, refresh_token } of stored)
          expect(given).toContain(`${access_token} ${refresh_token}`);
        if (rotates) expect(refreshes).toEqual(refreshes.map((_, index) => `r${index}`));
        // A token that ends again while a call is replayed is not chased: one refresh a call.
        if (ended <= 1) expect(await Promise.all(calls)).toEqual(steps.map(() => 200));
        // A late one uses the new token.
        if (good !== "none") {
          const late = client.GET("/call_park");
          expect((await scheduler.waitFor(late)).response.status).toBe(200);
          expect(refreshes.length).toBeLessThanOrEqual(ended);
        }
      },
    ),
    { numRuns: 300 },
  ));
