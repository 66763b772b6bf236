/**
 * What a server process says of itself when it is ready.
 *
 * @typedef {{ port: number, tokens: string[] }} Ready
 *
 * What it answers when it is asked: microseconds of processor time since it began, and bytes.
 *
 * @typedef {{ processor: number, memory: number, heap: number }} Figures
 */

/**
 * Tells the process that forked this one where it listens, and its figures whenever it asks.
 *
 * @param {Ready} ready
 */
export const serveFigures = (ready) => {
  process.on("message", (tidy) => {
    if (tidy === true) globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    process.send?.({ processor: user + system, memory: rss, heap: heapUsed });
  });
  process.on("disconnect", () => process.exit());
  process.send?.(ready);
};
