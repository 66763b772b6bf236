export { type FileTokenStore, fileTokenStore } from "./file-token-store.ts";
export { parseFingerprint } from "./fingerprint.ts";
export { type AcquireOptions, acquireLock, type Lock, type LockOptions } from "./lock-file.ts";
export { createNodeTransport, type NodeTransport, type NodeTransportOptions } from "./transport.ts";
