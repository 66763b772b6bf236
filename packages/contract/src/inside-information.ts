/** What a refusal may give away of the inside of a PBX, and how it looks. Ordinary sentences and field names do not. */
const signs: readonly [what: string, looks: RegExp][] = [
  ["a stack trace", /\bat [\w.$<>[\] ]+ ?\([^)]*:\d+(?::\d+)?\)|Traceback \(most recent call|File "[^"]+", line \d+/],
  ["a place in the source code", /[\w$-]\.(?:js|mjs|cjs|ts|py|java|go|cs|php|rb|rs|cpp|cc|hpp|lua|erl|ex):\d+/],
  [
    "an SQL statement",
    /\bSELECT\s.+\sFROM\s|\bINSERT\s+INTO\s|\bUPDATE\s+\S+\s+SET\s|\bDELETE\s+FROM\s+\S|\bWHERE\s+\S+\s*=/i,
  ],
  [
    "a database's message",
    /SQLSTATE|\bORA-\d{4,}|\bSQLITE_[A-Z]+|\bpq: |syntax error at or near|violates \S+(?: \S+)? constraint|duplicate key value|\bE11000\b|\bin your SQL syntax\b|\bfor column '[^']*'|\bDuplicate entry '|\bUnknown column '|\bno such (?:table|column)\b/i,
  ],
  ["a file's path", /(?<![\w.:/])\/(?:var|usr|home|opt|srv|etc|root|mnt|tmp|proc|app)\/[\w.-]+|\b[A-Za-z]:\\{1,2}\w+/],
  [
    "the name of an exception",
    /\b(?:[a-z]\w*\.)*[A-Z]\w*Exception\b|\b(?:Type|Reference|Syntax|Range|Null\w*|Assertion|Attribute|Key|Index|Runtime|Integrity|Operational)Error\b|\bnull pointer|\bpanic: |segmentation fault/i,
  ],
  ["a connection string", /\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis|amqp|jdbc:\w+):\/\//i],
  [
    "an internal address",
    /\b(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)\.\d{1,3}\.\d{1,3}\b|\b(?:localhost|127\.0\.0\.1):\d+/,
  ],
];

/** What of the inside a text gives away. `own` is the host that was asked: naming that one is no secret. */
export const insideInformation = (text: string, own: string): string[] => {
  const rest = text.replaceAll(own, "");
  return signs.filter(([, looks]) => looks.test(rest)).map(([what]) => what);
};

/** All texts in a JSON value, with what escapes hid. */
export const textsIn = (value: unknown): string[] => {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => [name, ...textsIn(one)]);
};
