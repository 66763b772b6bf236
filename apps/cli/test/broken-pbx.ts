import { type MeddlingProxy, startProxy } from "./pbx.ts";

/** A PBX that answers with a recall time out of its bounds, until it is mended. */
export const startBroken = async (origin: string): Promise<MeddlingProxy & { mend: () => void }> => {
  let broken = true;
  const proxy = await startProxy(origin, async ({ method, path }, pbx) => {
    const answer = await pbx();
    if (!broken || method !== "GET" || path !== "/api/call_park" || answer.status !== 200) return answer;
    const text = Buffer.from(answer.body)
      .toString()
      .replace(/"recall_time":\d+/, '"recall_time":901');
    return { ...answer, body: Buffer.from(text) };
  });
  return Object.assign(proxy, {
    mend: () => {
      broken = false;
    },
  });
};
