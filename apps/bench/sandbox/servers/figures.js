// In JavaScript: to strip types would cost the servers memory, and time as they start.

/** Tells the process that forked this one where it listens, and its figures whenever it asks. */
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
