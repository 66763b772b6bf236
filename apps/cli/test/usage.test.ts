import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callpark } from "./callpark.ts";

const url = ["verify", "--url", "http://127.0.0.1:9"];
const token = { CALLPARK_TOKEN: "good-token-0123456789" };
const hint = "\n(callpark verify --help lists the options)";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "callpark usage "));
});
afterAll(() => rm(folder, { recursive: true }));

const inFolder = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};

const refused = async (argv: string[], message: string, env = {}, input = ""): Promise<void> => {
  expect(await callpark(argv, env, input)).toStrictEqual({ code: 2, stdout: "", stderr: `error: ${message}\n` });
};

describe("what was not understood is followed by where to read more", () => {
  it.each([
    [["help", "verfy"], "unknown command 'verfy'\n(Did you mean verify?)\n(callpark --help lists the commands)"],
    [["restore", "--wrong"], "unknown option '--wrong'\n(callpark restore --help lists the options)"],
    [["report", "merg"], "unknown command 'merg'\n(Did you mean merge?)\n(callpark report --help lists the commands)"],
    [["report", "merge", "--wrong", "d"], "unknown option '--wrong'\n(callpark report merge --help lists the options)"],
  ])("%j", refused);
});

describe("options that do not go together", () => {
  it.each<[string[], string]>([
    [["--token-file", "f", "--token-stdin"], "option '--token-file <FILE>' cannot be used with option '--token-stdin'"],
    [["--ca", "f", "--insecure"], "option '--ca <FILE>' cannot be used with option '--insecure'"],
    [["--ca", "f", "--pin", "p"], "option '--ca <FILE>' cannot be used with option '--pin <SHA256,…>'"],
    [["--pin", "p", "--insecure"], "option '--pin <SHA256,…>' cannot be used with option '--insecure'"],
    [["--write", "--insecure"], "option '--write [safe|full]' cannot be used with option '--insecure'"],
    [["--quiet", "--json"], "option '--quiet' cannot be used with option '--json'"],
  ])("%j", (argv, message) => refused([...url, ...argv], message + hint, token));

  it.each(["--token-file=f", "--token-stdin", "--ca=f", "--pin=p", "--insecure", "--tenant=t"])(
    "%s without --url",
    (option) =>
      refused(["verify", option], `${option.replace(/=.*/, "")} is about a real PBX: say which one with --url URL`),
  );

  it("trust in a certificate without https", () =>
    refused([...url, "--insecure"], "--ca, --pin and --insecure are about https: the URL is http", token));

  it("writing to a real PBX without a terminal and without --yes", () =>
    refused(
      [...url, "--write"],
      "--write changes http://127.0.0.1:9/api, and there is no terminal to ask on: add --yes to say that it may",
      token,
    ));
});

describe("values that cannot be", () => {
  it("an unknown option, without repeating its value", () =>
    refused(["verify", "--tokne=hunter2"], `unknown option '--tokne'${hint}`));

  it.each([
    ["sandbox", "--control=hunter2"],
    ["verify", "--yes=no"],
    ["report", "merge", "--json=hunter2"],
  ])("a value for an option that takes none, without repeating it: %s %s", async (...argv) => {
    const [name = ""] = argv.at(-1)?.split("=") ?? [];
    const command = argv.slice(0, -1).join(" ");
    await refused(argv, `option '${name}' takes no value\n(callpark ${command} --help lists the options)`);
  });

  it.each(["--reprot=a-folder-with-a-long-name", "--reprot"])("an option that is misspelt: %s", (option) =>
    refused(["verify", option], `unknown option '--reprot'\n(Did you mean --report?)${hint}`),
  );

  it("a version that is no line", () =>
    refused(
      ["verify", "--pbx-version", "22.3"],
      "--pbx-version takes 22.0 (with 22.1), 22.2 (to 22.5), 22.6 or auto (found out), not 22.3",
    ));

  it.each([
    "https://pbx.example.com:8887/api/call_park",
    "https://pbx.example.com:8887/api/call_park_groups/7/members",
  ])("an operation's address as the URL: %s", (given) => {
    const address = given.split("/").slice(0, 5).join("/");
    return refused(
      ["verify", "--url", given],
      `--url ${address} is the address of an operation: give that of the PBX, https://pbx.example.com:8887`,
      token,
    );
  });

  it("a short option, without repeating its value", () =>
    refused(["verify", "-thunter2"], `unknown option '-t'${hint}`));

  it("an argument too many, without repeating it", () =>
    refused(
      ["verify", "--token-stdin", "hunter2"],
      `too many arguments for 'verify'. Expected 0 arguments but got 1.${hint}`,
    ));

  it("a level of writing that there is not", () =>
    refused(
      ["verify", "--write=all"],
      `option '--write [safe|full]' argument 'all' is invalid. Allowed choices are safe, full.${hint}`,
    ));

  it.each([
    ["", "is empty: give one such as https://pbx.example.com:8887"],
    ["127.0.0.1:8887", "127.0.0.1:8887 lacks http:// or https:// before it"],
    ["localhost:8887", "localhost:8887 lacks http:// or https:// before it"],
    ["nonsense", "nonsense lacks http:// or https:// before it"],
    ["nonsense?token=hunter2", "nonsense lacks http:// or https:// before it"],
    ["ftp://x", "ftp://x is not http or https: give one such as https://pbx.example.com:8887"],
    ["https://x y", "https://x y is not a URL: give one such as https://pbx.example.com:8887"],
    ["https://pbx.example.com/?token=hunter2", "has a query (?) or fragment (#) in it: leave it out"],
    ["https://pbx.example.com/#hunter2", "has a query (?) or fragment (#) in it: leave it out"],
  ])("%j as the URL", (given, message) => refused(["verify", "--url", given], `--url ${message}`, token));

  it.each(["https://admin:hunter2@pbx.example.com", "https://hunter2@pbx.example.com", "admin:hunter2@pbx"])(
    "a user name or password in the URL, without repeating it: %s",
    (given) =>
      refused(
        ["verify", "--url", given],
        "--url has a user name or password in it: leave it out, and sign in with --username and --password-file",
        token,
      ),
  );

  it("a fingerprint that is none", () =>
    refused(
      ["verify", "--url", "https://127.0.0.1:9", "--pin", "12:34"],
      '"12:34" is no SHA-256 fingerprint: give 64 hexadecimal digits, with or without colons between them',
      token,
    ));

  it("an authority file without a certificate", async () => {
    const path = await inFolder("ca.pem", "nothing");
    await refused(
      ["verify", "--url", "https://127.0.0.1:9", "--ca", path],
      `--ca: there is no certificate in ${path}: give a PEM file`,
      token,
    );
  });

  it("a check that there is not", () =>
    refused(
      ["verify", "--only", "call_park.get,nonsense"],
      "--only: no check is called nonsense: callpark verify --list names them all",
    ));

  it.each(["0", "-1"])("%s requests", (most) =>
    refused(
      ["verify", "--max-requests", most],
      `--max-requests takes a whole number from 1 to 9999999999, not ${most}`,
    ),
  );

  it.each([
    ["--max-requests", "1.5", "1"],
    ["--seed", "1.5", "-9999999999"],
    ["--seed", "10000000000", "-9999999999"],
  ])("a number that is none, or too large, for %s: %s", (option, given, least) =>
    refused(["verify", option, given], `${option} takes a whole number from ${least} to 9999999999, not ${given}`),
  );

  it("fewer requests than a run can do with", () =>
    refused(
      [...url, "--max-requests", "2"],
      "The run may send 2 requests (maxRequests, --max-requests), and a run that only reads needs 7 at least: to begin, for one check",
      token,
    ));

  it.each(["", " , "])("no check at all: %j", (ids) =>
    refused(["verify", "--only", ids], "--only names no check: callpark verify --list names them all"),
  );

  it.each([
    ["verify", "--report", ""],
    ["report", "merge", "shards", "--report", ""],
  ])("a report folder without a name: %s", (...argv) => refused(argv, "--report takes a folder's name"));

  it.runIf(existsSync("/proc/self"))("a report folder where none can be made", () =>
    refused(
      [...url, "--report", "/proc/x"],
      "--report: cannot write to /proc/x (ENOENT): give a folder that you may write to",
      token,
    ),
  );

  it("a report folder that cannot be written to, before anything is sent", async () => {
    const path = await inFolder("file", "");
    await refused(
      [...url, "--report", path],
      `--report: cannot write to ${path} (EEXIST): give a folder that you may write to`,
      token,
    );
  });
});

describe("the token", () => {
  const elsewhere =
    " is not an option, because other users can read a command's arguments. For the token use --token-file FILE, " +
    "--token-stdin or the environment variable CALLPARK_TOKEN; for the others CALLPARK_REFRESH_TOKEN, CALLPARK_OTHER_TOKEN and CALLPARK_PASSWORD";

  it.each([
    ["--token", ["--token", "hunter2"]],
    ["--token", ["--token=hunter2"]],
    ["--refresh-token", ["--refresh-token=hunter2"]],
    ["--password", ["--password", "hunter2"]],
  ])("is refused as the option %s, and not repeated: %j", async (name, argv) => {
    await refused(["verify", ...argv], name + elsewhere);
    await refused([...argv, "verify"], name + elsewhere);
  });

  it("must be given for a real PBX", () =>
    refused(
      url,
      "There is no token for the PBX: use --token-file FILE, --token-stdin or the environment variable CALLPARK_TOKEN",
      { CALLPARK_TOKEN: "" },
    ));

  it("is not repeated when it cannot be one", async () => {
    const text = "hunter2\nhunter3\n";
    const path = await inFolder("two-lines", text);
    const rest =
      " is not a token: it holds a line break, a space or another character that no token has. Put the access token there, and nothing else";
    await refused([...url, "--token-file", path], `What is in ${path}${rest}`);
    await refused([...url, "--token-stdin"], `What is in standard input${rest}`, {}, text);
    await refused([...url, "--token-stdin"], `What is in standard input${rest}`, {}, "hunter2\0");
    await refused(url, `What is in CALLPARK_TOKEN${rest}`, { CALLPARK_TOKEN: text });
    await refused(url, `What is in CALLPARK_OTHER_TOKEN${rest}`, { ...token, CALLPARK_OTHER_TOKEN: text });
  });

  it("is not sent when it is what a sign-in that was refused leaves, or a whole answer", async () => {
    const word = await inFolder("undefined", "undefined\n");
    await refused(
      [...url, "--token-file", word],
      `What is in ${word} is not a token but the word undefined: the sign-in brought none. Sign in again, and look at its answer`,
    );
    const answer = await inFolder("answer", '{"access_token":"hunter2","refresh_token":"hunter3"}');
    await refused(
      [...url, "--token-file", answer],
      `What is in ${answer} is JSON, not a token. Put the value of its access_token there, and nothing else`,
    );
  });

  it.each([
    ['"hunter2-0123456789"', "has quotes around it: take them away, and put the token alone there"],
    ["'hunter2-0123456789'", "has quotes around it: take them away, and put the token alone there"],
    ["Bearer hunter2-0123456789", "begins with the word Bearer: leave that out, and put the token alone there"],
    [
      "Authorization: Bearer hunter2-0123456789",
      "begins with the word Bearer: leave that out, and put the token alone there",
    ],
  ])("is not sent with what does not belong to it, nor repeated: %s", async (text, message) => {
    const path = await inFolder("dressed", `${text}\n`);
    await refused([...url, "--token-file", path], `What is in ${path} ${message}`);
  });

  it("is not sent as UTF-16, and taken with a byte order mark", async () => {
    const wide = join(folder, "utf16");
    await writeFile(wide, Buffer.from("\ufeffhunter2\n", "utf16le"));
    await refused(
      [...url, "--token-file", wide],
      `What is in ${wide} is UTF-16, as the > of Windows PowerShell writes it: write it as UTF-8, such as with | Out-File -Encoding ascii`,
    );
    const marked = await inFolder("marked", "\ufeffgood-token-0123456789\r\n");
    const unreached = {
      code: 3,
      stdout: "",
      stderr:
        "error: GET http://127.0.0.1:9/api/call_park: connect ECONNREFUSED 127.0.0.1:9\nNothing listens there: check the URL and its port.\n",
    };
    expect(await callpark([...url, "--token-file", marked])).toStrictEqual(unreached);
    expect(await callpark([...url, "--token-stdin"], {}, "\ufeffgood-token-0123456789")).toStrictEqual(unreached);
  });

  it("must be in the file", async () => {
    const path = await inFolder("empty", "\n");
    await refused([...url, "--token-file", path], `There is no token in ${path}: it is empty`);
  });

  it.each(["--token-file", "--refresh-token-file"])(
    "must be in a file that is there, which is named unless it may be the token itself: %s",
    async (option) => {
      const there = "give a file that is there and that you may read";
      const missing = join(folder, "nope.txt");
      await refused([...url, option, missing], `${option}: cannot read ${missing} (ENOENT): ${there}`, token);
      await refused([...url, option, folder], `${option}: ${folder} is a folder: give a file`, token);
      await refused([...url, option, ""], `${option} takes a file's name`, token);
      const secrets = ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOjF9.c2ln", `Zm9vYmFy/${"QUJD".repeat(200)}`];
      for (const secret of secrets) {
        const { code, stderr } = await callpark([...url, option, secret], token);
        expect([code, stderr.replace(/ENOENT|ENAMETOOLONG/, "CODE")]).toStrictEqual([
          2,
          `error: ${option}: cannot read the file (CODE): ${there}\n`,
        ]);
      }
    },
  );
});

it("leaves nothing of the refused runs behind", async () => {
  expect((await readdir(folder)).sort()).toStrictEqual([
    "answer",
    "ca.pem",
    "dressed",
    "empty",
    "file",
    "marked",
    "two-lines",
    "undefined",
    "utf16",
  ]);
});
