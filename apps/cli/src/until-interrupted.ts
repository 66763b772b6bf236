const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Waits for Ctrl-C. From then on another one ends the process at once, as Node does by itself. */
export const untilInterrupted = (): Promise<void> =>
  new Promise((resolve) => {
    const onSignal = (): void => {
      for (const name of SIGNALS) process.off(name, onSignal);
      resolve();
    };
    for (const name of SIGNALS) process.on(name, onSignal);
  });
