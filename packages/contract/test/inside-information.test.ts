import { describe, expect, it } from "vitest";
import { insideHeaders, insideInformation } from "../src/inside-information.ts";

describe("what a refusal gives away is seen", () => {
  it.each([
    ["Error 1264: Out of range value for column 'recall_time' at row 1", "a database's message"],
    ["Duplicate entry '666' for key 'call_parks.ext'", "a database's message"],
    ["E11000 duplicate key error collection: pbx.call_parks index: ext_1", "a database's message"],
    ['new row violates check constraint "recall_time_check"', "a database's message"],
    ['pq: value "901" is out of range for type smallint', "a database's message"],
    ["SELECT id FROM call_parks LIMIT 1", "an SQL statement"],
    ["select c.id, c.name from call_parks c where c.tenant_id = ?", "an SQL statement"],
    ["update call_parks set recall_time=901", "an SQL statement"],
    ["insert into call_parks (recall_time) values (901)", "an SQL statement"],
    ["runtime error: index out of range [3] with length 3", "words of its programming language"],
    ["goroutine 7 [running]:", "a stack trace"],
    [
      "json: cannot unmarshal string into Go struct field CallPark.recall_time of type int32",
      "words of its programming language",
    ],
    ["interface conversion: interface {} is string, not float64", "words of its programming language"],
    [
      "App\\Http\\Controllers\\CallPark::update(): Argument #1 must be of type int",
      "words of its programming language",
    ],
    ["got <class 'int'>, want str", "words of its programming language"],
    ["ValueError: invalid literal for int() with base 10: 'x'", "the name of an exception"],
    ["System.NullReferenceException: Object reference not set", "the name of an exception"],
    ["    at CallPark.update (/srv/app/call-park.js:12:7)", "a stack trace"],
    ["open conf/app.go:88", "a place in the source code"],
    ["/etc/portsip/system.ini", "a file's path"],
    ["postgres://portsip@db/pbx", "a connection string"],
    ["10.20.0.7 refused it", "an internal address"],
  ])("%s", (text, what) => {
    expect(insideInformation(text, "pbx.example.com")).toContain(what);
  });

  it("more than one thing, each once", () => {
    const text = "runtime error: invalid memory address or nil pointer dereference\n\ngoroutine 7 [running]:";
    expect(insideInformation(text, "pbx.example.com")).toStrictEqual([
      "a stack trace",
      "the name of an exception",
      "words of its programming language",
    ]);
  });
});

describe("an ordinary refusal gives nothing away", () => {
  it.each([
    "recall_time must be at most 900",
    "Select a ring group from the list",
    "Please select one from those where members exist.",
    "ring_group_id is needed where recall_to = RING_GROUP_ONLY",
    "Update the settings, set recall_time to 60 and insert into the list what is missing; delete from it what is not.",
    "The value violates the maximum constraint",
    "recall_time violates a constraint of its schema",
    "Duplicate entry '666'",
    "A runtime error: try again later",
    "The JSON cannot be read: a field of the object is no number",
    "The class of service 'gold' does not allow it; the user is ACME\\Bob",
    "An exception was made for this user. The extension is not at home (see line 3).",
    "Field valueError, keyError or typeError",
    "Look at https://www.portsip.com/docs/error:42 or /api/call_park",
    "Column 4: no such ring group; no such tenant",
    '{"errors":[{"code":"VALIDATE_FAILED","message":"No.\\nWhy:\\tNot\\bGood\\Now"}]}',
    "Asked of 10.0.0.4:8887",
  ])("%s", (text) => {
    expect(insideInformation(text, "10.0.0.4:8887")).toStrictEqual([]);
  });
});

it("a long text is looked through in a moment", () => {
  const began = performance.now();
  for (const part of ["SELECT a ", "select a ", "a.", "at a", "UPDATE ", "A\\\\", "Duplicate entry '", " "])
    insideInformation(`select ${part.repeat(1e6 / part.length)}`, "pbx.example.com");
  expect(performance.now() - began).toBeLessThan(5000);
});

describe("headers", () => {
  it("that give something away are told as they came", () => {
    const headers = new Headers({
      "Content-Type": "application/json",
      "X-Debug-Exception": "PDOException: SQLSTATE[22003]",
      "X-Trace": "goroutine 7 [running]",
    });
    expect(insideHeaders(headers)).toStrictEqual([
      {
        header: "x-debug-exception: PDOException: SQLSTATE[22003]",
        what: ["a database's message", "the name of an exception"],
      },
      { header: "x-trace: goroutine 7 [running]", what: ["a stack trace"] },
    ]);
  });

  it("of servers and proxies are ordinary", () => {
    const headers = new Headers({
      Via: "1.1 10.0.0.4:8887 (squid/6.1), HTTP/1.1 proxy at edge (front)",
      Server: "nginx/1.25.3 (Ubuntu)",
      "X-Powered-By": "PHP/8.3.1",
      "X-Forwarded-Server": "192.168.0.7",
      Location: "https://10.1.2.3:8443/app/login?from=/api/call_park",
      "Set-Cookie": "session=ORA-x.SELECT-; Path=/app/pbx; Expires=Wed, 21 Oct 2026 07:28:00 GMT; HttpOnly",
      "Content-Security-Policy": "default-src 'self' https://cdn.example.rs:8443; report-uri /var/csp",
      "WWW-Authenticate": 'Bearer realm="pbx", error="invalid_token", error_description="Select a token from the list"',
      "Content-Disposition": "attachment; filename=\"hold on.wav\"; filename*=UTF-8''hold%20on.wav",
      "Server-Timing": 'db;dur=53, app;dur=47.2;desc="where it = was"',
      "Permissions-Policy": "geolocation=(), camera=()",
      "Access-Control-Expose-Headers": "X-Exception, X-Error, X-Trace",
    });
    expect(insideHeaders(headers)).toStrictEqual([]);
  });
});
