import type { Answer } from "../../context.ts";

/** A web page in place of an answer. */
export const page = (status: number): Answer => ({
  status,
  deliver: (response) =>
    response
      .writeHead(status, { "Content-Type": "text/html; charset=utf-8" })
      .end("<!doctype html><title>Sign in</title><form><input name=user><input name=password type=password></form>"),
});
