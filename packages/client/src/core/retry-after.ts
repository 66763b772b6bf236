/** Without a header that can be read, so long at least, in milliseconds. */
const unsaid = 2000;
/** Beyond that a header is a mistake: as long a pause as this is refused by any deadline anyhow. */
const aDay = 86_400_000;

/** How long a 429 asks for patience, in milliseconds. */
export const retryAfter = (headers: Headers): number => {
  const text = headers.get("Retry-After")?.trim() ?? "";
  const asked = /^\d+$/.test(text)
    ? Number(text) * 1000
    : // Against the PBX's own clock, which may be wrong as long as it agrees with itself.
      Date.parse(/[a-z]/i.test(text) ? text : "") - (Date.parse(headers.get("Date") ?? "") || Date.now());
  return asked >= 0 ? Math.min(asked, aDay) : unsaid * (1 + Math.random());
};
