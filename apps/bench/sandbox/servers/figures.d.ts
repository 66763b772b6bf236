/** What a server process says of itself when it is ready. */
export interface Ready {
  port: number;
  tokens: string[];
}

/** What it answers when it is asked: microseconds of processor time since it began, and bytes. */
export interface Figures {
  processor: number;
  memory: number;
  heap: number;
}

/** Tells the process that forked this one where it listens, and its figures whenever it asks. */
export declare const serveFigures: (ready: Ready) => void;
