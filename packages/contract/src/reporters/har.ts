import type { Content, Entry, Har, Header, Page, PostData } from "har-format";
import type { RecordedBody, RecordedExchange } from "../record/recorded-exchange.ts";
import type { Report } from "../report.ts";

const runPage = "run";

/**
 * What was sent and answered, as HAR 1.2: a page a check, for the network tools of browsers and proxies. Secrets are
 * masked. Without `record` in the run's options it has no entries.
 */
export const harReport = (report: Report): string => {
  const { exchanges = [], tool } = report;
  const har: Har = {
    log: {
      version: "1.2",
      creator: { name: tool.name, version: tool.version },
      pages: pagesOf(report, exchanges),
      entries: exchanges.map(entry),
    },
  };
  return `${JSON.stringify(har, null, 2)}\n`;
};

const pagesOf = (report: Report, exchanges: RecordedExchange[]): Page[] => {
  const titles = new Map(report.checks.map(({ id, title }) => [id, title]));
  const begun = new Map<string, string>();
  for (const { check = runPage, startedAt } of exchanges) if (!begun.has(check)) begun.set(check, startedAt);
  return [...begun].map(([id, startedDateTime]) => ({
    id,
    startedDateTime,
    title: titles.get(id) ?? "The run itself: who, which version, and putting back",
    pageTimings: {},
  }));
};

const headersOf = (headers: [string, string][]): Header[] => headers.map(([name, value]) => ({ name, value }));

const typeOf = (headers: [string, string][]): string =>
  headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";

const entry = (exchange: RecordedExchange): Entry => {
  const { check = runPage, startedAt, duration, method, url, headers, body, answer, error } = exchange;
  const common = { httpVersion: "HTTP/1.1", cookies: [], headersSize: -1 };
  const location = answer?.headers.find(([name]) => name.toLowerCase() === "location")?.[1];
  return {
    pageref: check,
    startedDateTime: startedAt,
    time: duration,
    request: {
      ...common,
      method,
      url,
      headers: headersOf(headers),
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      bodySize: body?.size ?? 0,
      ...(body && { postData: posted(body, typeOf(headers)) }),
    },
    response: {
      ...common,
      // As browsers write it where none came.
      status: answer?.status ?? 0,
      statusText: "",
      headers: headersOf(answer?.headers ?? []),
      content: contentOf(answer?.body, typeOf(answer?.headers ?? [])),
      redirectURL: location ?? "",
      bodySize: -1,
    },
    cache: {},
    // Only the whole is measured.
    timings: { send: 0, wait: duration, receive: 0 },
    ...(error !== undefined && { comment: `No answer: ${error}` }),
  };
};

const cut = ({ text, encoding, size }: RecordedBody): { comment?: string } => {
  const kept = Buffer.byteLength(text, encoding ?? "utf8");
  return kept < size ? { comment: `Cut: about ${kept} of ${size} bytes` } : {};
};

const posted = (body: RecordedBody, mimeType: string): PostData => {
  const note: { comment?: string } =
    body.encoding === undefined ? cut(body) : { comment: `base64, ${body.size} bytes` };
  return { mimeType, text: body.text, ...note };
};

const contentOf = (body: RecordedBody | undefined, mimeType: string): Content =>
  body === undefined
    ? { size: 0, mimeType }
    : {
        size: body.size,
        mimeType,
        text: body.text,
        ...(body.encoding && { encoding: body.encoding }),
        ...cut(body),
      };
