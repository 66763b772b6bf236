/** The time as the PBX has it, in milliseconds since 1970: that of the machine, and what it was put forward by. */
export interface Clock {
  now(): number;
  /** @param milliseconds 0 or more. */
  forward(milliseconds: number): void;
}

export const createClock = (base: () => number): Clock => {
  let ahead = 0;
  return {
    now: () => base() + ahead,
    forward: (milliseconds) => {
      ahead += milliseconds;
    },
  };
};
