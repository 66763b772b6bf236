export { parseFingerprint } from "./fingerprint.ts";
export { createNodeTransport, type NodeTransport, type NodeTransportOptions } from "./transport.ts";
