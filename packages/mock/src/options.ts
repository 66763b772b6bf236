/** How a mock is started. */
export interface MockOptions {
  /**
   * The port to listen on; 0 takes a free one.
   * @default 0
   */
  port?: number;
  /**
   * The address to listen on. The mock asks for no password, so it is for this machine only.
   * @default "127.0.0.1"
   */
  host?: "127.0.0.1";
  /** Which PBX version to be. Left out, every operation and field of all versions is there. */
  version?: "22.0" | "22.2" | "22.6";
  /**
   * Whether answers are made up from the schemas instead of taken from the examples.
   * @default false
   */
  dynamic?: boolean;
  /**
   * Whether an answer that breaks the document, as a made-up one may, is replaced by a 500 that says what is wrong with
   * it. Requests that break the document are answered with the documented refusals, whatever this is.
   * @default false
   */
  errors?: boolean;
  /** Takes what Prism says about each request, a line at a time. Left out, it is silent. */
  log?: (line: string) => void;
}
