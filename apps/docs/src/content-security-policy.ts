/**
 * What the page may do: run and style what is in it, search in a worker of its own, and ask nobody for anything. It is
 * in the page itself, so that it holds wherever the page is put.
 */
export const contentSecurityPolicy: string = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "font-src data:",
  "worker-src blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
