import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { callpark } from "./callpark.ts";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

describe("callpark", () => {
  it("says its version", async () => {
    expect(await callpark(["--version"])).toStrictEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });

  it("says what it can do", async () => {
    const { code, stdout, stderr } = await callpark(["--help"]);
    expect({ code, stderr }).toStrictEqual({ code: 0, stderr: "" });
    expect(stdout).toMatchInlineSnapshot(`
      "Usage: callpark [options] [command]

      Checks a PortSIP PBX's call park API against its documented contract.

      Options:
        -V, --version                        output the version number
        -h, --help                           display help for command

      Commands:
        verify [options]                     check a PBX against the contract
        replay [options] <REPORT> [FINDING]  send the requests of a report's findings
                                             again
        restore [options]                    put back what an unfinished run changed
        report                               work on reports
        sandbox [options]                    run a PBX with a memory on this machine
        mock [options]                       run a PBX without a memory: the
                                             document's examples
        help [command]                       display help for command
      "
    `);
  });

  it("without a command says what it can do, as an error", async () => {
    const { code, stdout, stderr } = await callpark([]);
    expect({ code, stdout }).toStrictEqual({ code: 2, stdout: "" });
    expect(stderr.split("\n")[0]).toBe("Usage: callpark [options] [command]");
  });

  it("documents options, environment and exit codes of verify", async () => {
    const { code, stdout, stderr } = await callpark(["verify", "--help"]);
    expect({ code, stderr }).toStrictEqual({ code: 0, stderr: "" });
    expect(stdout).toMatchInlineSnapshot(`
      "Usage: callpark verify [options]

      Checks a PBX's call park API against its documented contract and reports what
      differs.

      One PBX:
        --url <URL>                  the PBX, with or without /api (default: a sandbox
                                     PBX, only for this run)
        --token-file <FILE>          the access token is in this file
        --token-stdin                the access token comes on standard input
        --refresh-token-file <FILE>  the refresh token is in this file; where the PBX
                                     changes it, the new one is written there
        --ca <FILE>                  trust the certificate authorities in this PEM
                                     file
        --pin <SHA256,…>             trust the certificates with these SHA-256
                                     fingerprints
        --insecure                   trust any certificate: whoever is in between can
                                     read the token
        --tenant <NAME>              the tenant that the token must belong to: its
                                     name, domain or id
        --username <NAME>            sign in as this user instead, and out again at
                                     the end
        --domain <DOMAIN>            the tenant's SIP domain to sign in with (none:
                                     the system administrator)
        --password-file <FILE>       the password is in this file

      Many PBXs:
        --all                        every target in the file of targets
        --label <NAME,…>             the targets with one of these labels
        --target <NAME,…>            the targets with these names
        --config <FILE>              the file of targets (default: callpark.yaml)
        --concurrency <N>            so many hosts side by side (default: 32)
        --shard <I/N>                only part I of N, counting from 0; the targets of
                                     a host stay together

      The run:
        --write [safe|full]          change settings too, and put them back: the
                                     recall times alone (safe) or every setting (full)
                                     (choices: "safe", "full", preset: "safe")
        --yes                        write to a real PBX without being asked
        --pbx-version <VERSION>      the version line of the PBX (choices: "auto",
                                     "22.0", "22.2", "22.6", default: "auto")
        --report <DIR>               write the report into this folder: HTML, JUnit,
                                     JSON, SARIF and HAR
        --baseline <FILE>            findings that are known, and do not fail the run:
                                     YAML or JSON
        --only <ID,…>                only these checks; the beginning of an id, up to
                                     a dot, names all that begin so
        --seed <N>                   make up the same values as the run that named
                                     this number
        --max-requests <N>           send no more requests than this: the last ones
                                     are kept for putting everything back
        --list                       list the checks, or those of --only, and end
        --json                       print the report as JSON
        --quiet                      print the last line only, and what is left
                                     changed

      Options:
        -h, --help                   display help for command

      The run only reads, unless --write says otherwise. Whatever it changes it puts
      back, also after a failure or Ctrl-C, and it reads the PBX again to prove it.

      Environment:
        CALLPARK_TOKEN          the access token
        CALLPARK_REFRESH_TOKEN  gets a new access token when it ends during the run
        CALLPARK_PASSWORD       the password of --username
        CALLPARK_OTHER_TOKEN    an access token of another tenant, for the checks that
                                tenants are kept apart
        CALLPARK_SYSTEM_PASSWORD, CALLPARK_SYSTEM_USERNAME (admin)
                                the system administrator's, for the checks of what
                                nobody else may do, in a session of their own
        NO_COLOR                no colours

      Exit codes:
        0    the PBX conforms, but for what a baseline knows
        1    findings, or a check that could not be finished
        2    wrong usage or configuration; nothing was changed
        3    the PBX cannot be reached, is not trusted, does not let the token in, or
             does not let its user read the settings
        4    the PBX was not restored: the report says how to do it by hand
        130  interrupted; what was changed has been put back

      With many targets the gravest code counts: 4, then 130, 1, 3, 2. --max-requests
      is for each of them, and --pbx-version for those whose file does not say it.

      Examples:
        callpark verify
        callpark verify --url https://pbx.example.com:8887 --token-file token.txt
        callpark verify --url https://pbx.example.com:8887 --token-file token.txt \\
          --write=safe --report report
        callpark verify --all --report report
      "
    `);
  });

  it("asks for the Node that its package asks for", () => {
    const source = readFileSync(new URL("../bin/callpark.js", import.meta.url), "utf8");
    expect(`>=${/needs Node ([\d.]+) or later/.exec(source)?.[1]}`).toBe(manifest.engines.node);
  });
});
