export { MockError } from "./errors/mock-error.ts";
export { NodeTooOldError } from "./errors/node-too-old-error.ts";
export { PortTakenError } from "./errors/port-taken-error.ts";
export { type Mock, startMock } from "./mock.ts";
export type { MockOptions } from "./options.ts";
