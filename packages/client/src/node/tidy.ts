/**
 * undici's error where bytes are no HTTP has no code, by which the core would see that another attempt ends alike, and
 * holds the bytes, in which there may be a token.
 */
export const tidy = (error: unknown): unknown => {
  if (error instanceof Error && error.name === "HTTPParserError") {
    Object.assign(error, { code: "HPE_INVALID" });
    delete (error as { data?: unknown }).data;
  }
  return error;
};
