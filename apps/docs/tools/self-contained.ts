const address = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g;

/** Redoc's name in place of its logo, which the page would fetch. */
const logo =
  "data:image/svg+xml," +
  encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="16"><text y="12" font-family="sans-serif" ` +
      `font-size="12" fill="#4f83f1">Redoc</text></svg>`,
  );

/**
 * The page without what it would fetch.
 *
 * @throws Error where the page is not what this was written for: a new Redoc has to be looked at first.
 */
export const selfContained = (page: string): string => {
  const found = page.match(address)?.length ?? 0;
  if (found !== 2) throw new Error(`The page names its logo ${found} times, not 2: see tools/self-contained.ts`);
  if (!page.includes('"disableTelemetry":true'))
    throw new Error("The page's telemetry is not off: see `telemetry` in apps/docs/redocly.yaml");
  return page.replace(address, logo);
};
