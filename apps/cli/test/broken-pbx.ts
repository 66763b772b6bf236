import { type Answer, type MeddlingProxy, startProxy } from "./pbx.ts";

const inBounds = /"recall_time":\d+/;

/** What a PBX does wrong: answers with a recall time out of its bounds, or with a body where none is documented. */
const wrong: Record<"GET" | "POST", (answer: Answer) => Answer> = {
  GET: (answer) => ({
    ...answer,
    body: Buffer.from(Buffer.from(answer.body).toString().replace(inBounds, '"recall_time":901')),
  }),
  POST: (answer) => ({ ...answer, type: "text/plain", body: Buffer.from("done") }),
};

/** A PBX that does wrong at /call_park, until it is mended. */
export const startBroken = async (
  origin: string,
  where: "GET" | "POST" = "GET",
): Promise<MeddlingProxy & { mend: () => void }> => {
  let broken = true;
  const proxy = await startProxy(origin, async ({ method, path }, pbx) => {
    const answer = await pbx();
    const isWrong = broken && method === where && path === "/api/call_park" && answer.status === 200;
    return isWrong ? wrong[where](answer) : answer;
  });
  return Object.assign(proxy, {
    mend: () => {
      broken = false;
    },
  });
};
