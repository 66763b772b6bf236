/** How something of the inside of a PBX looks. */
interface Sign {
  what: string;
  looks: readonly RegExp[];
  /** Has no header that is in order anything like it? Addresses, paths and ports do stand in some. @default true */
  tellsInHeaders?: false;
}

/** What a refusal may give away, and how it looks. Ordinary sentences and field names do not, and no text takes long. */
const signs: readonly Sign[] = [
  {
    what: "a stack trace",
    looks: [
      /\bat [\w.$<>[\] ]{1,200}\([^)]{0,300}:\d+(?::\d+)?\)/,
      /Traceback \(most recent call|File "[^"]+", line \d+/,
      /\bgoroutine \d+ \[/,
    ],
  },
  {
    what: "a place in the source code",
    looks: [/[\w$-]\.(?:js|mjs|cjs|ts|py|java|go|cs|php|rb|rs|cpp|cc|hpp|lua|erl|ex):\d+/],
    tellsInHeaders: false,
  },
  {
    what: "an SQL statement",
    looks: [
      /\bSELECT\s.{1,500}\sFROM\s|\bINSERT\s+INTO\s|\bUPDATE\s+\S+\s+SET\s|\bDELETE\s+FROM\s+\S|\bWHERE\s+\S+\s*=/,
      // In small letters these are words too.
      /\bselect\s[\w.,*() ]{1,500}\sfrom\s+[\w.]+(?:\s+\w+)?\s+where\s+[\w.]+\s*(?:[=<>]|in\s*\(|like\s)/,
      /\binsert\s+into\s+[\w.]+\s*\(|\bupdate\s+[\w.]+\s+set\s+[\w.]+\s*=|\bdelete\s+from\s+[\w.]+\s+where\s/,
    ],
  },
  {
    what: "a database's message",
    looks: [
      /SQLSTATE|\bORA-\d{4,}|\bSQLITE_[A-Z]+|\bpq: |\bE11000\b/,
      /syntax error at or near|\bin your SQL syntax\b|\bno such (?:table|column)\b|duplicate key value/i,
      /violates (?:foreign key|not-null|check|unique|exclusion) constraint/i,
      /\bfor column '[^']*'|\bUnknown column '|\bDuplicate entry '[^']*' for key\b/i,
    ],
  },
  {
    what: "a file's path",
    looks: [/(?<![\w.:/])\/(?:var|usr|home|opt|srv|etc|root|mnt|tmp|proc|app)\/[\w.-]+|\b[A-Za-z]:\\{1,2}\w+/],
    tellsInHeaders: false,
  },
  {
    what: "the name of an exception",
    looks: [
      /\b[A-Z]\w*Exception\b/,
      /\b(?:Type|Reference|Syntax|Range|Null\w*|Assertion|Attribute|Key|Index|Value|Runtime|Integrity|Operational)Error\b/,
      /\bnull pointer|\bnil pointer|\bpanic: |segmentation fault/i,
    ],
  },
  {
    what: "words of its programming language",
    looks: [
      /\bruntime error: (?:invalid memory|index out of range|slice bounds|integer divide|makeslice|hash of)/,
      /\bjson: cannot unmarshal\b|\bGo struct field\b|\binterface conversion: /,
      // A class in a namespace of PHP, and one of Python.
      /\b[A-Z]\w+(?:\\{1,2}[A-Z]\w+){2,}|<class '[\w.]+'>/,
    ],
  },
  {
    what: "a connection string",
    looks: [/\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis|amqp|jdbc:\w+):\/\//i],
    tellsInHeaders: false,
  },
  {
    what: "an internal address",
    looks: [
      /\b(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254)\.\d{1,3}\.\d{1,3}\b|\b(?:localhost|127\.0\.0\.1):\d+/,
    ],
    tellsInHeaders: false,
  },
];

const seen = (text: string, which: readonly Sign[]): string[] =>
  which.filter(({ looks }) => looks.some((look) => look.test(text))).map(({ what }) => what);

/** What of the inside a text gives away. `own` is the host that was asked: naming that one is no secret. */
export const insideInformation = (text: string, own: string): string[] => seen(text.replaceAll(own, ""), signs);

/** The same of headers: each that gives something away, as it came. */
export const insideHeaders = (headers: Headers): { header: string; what: string[] }[] => {
  const which = signs.filter(({ tellsInHeaders = true }) => tellsInHeaders);
  return [...headers].flatMap(([name, value]) => {
    const what = seen(value, which);
    return what.length === 0 ? [] : [{ header: `${name}: ${value}`, what }];
  });
};

/** All texts in a JSON value, with what escapes hid. */
export const textsIn = (value: unknown): string[] => {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => [name, ...textsIn(one)]);
};
