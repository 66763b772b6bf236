import { expect, test } from "vitest";
import { readFlags } from "../src/flags.ts";
import { UsageError } from "../src/usage-error.ts";

const defaults = { "mock-port": 4010, host: "127.0.0.1" };

test("takes the defaults for what is left out", () => {
  expect(readFlags(["--mock-port", "0"], defaults)).toEqual({ "mock-port": 0, host: "127.0.0.1" });
  expect(readFlags(["--host=127.0.0.2"], defaults)).toEqual({ "mock-port": 4010, host: "127.0.0.2" });
});

test.each(["65536", "-1", "4010.5", "http", ""])("refuses %j as a port", (port) => {
  expect(() => readFlags([`--mock-port=${port}`], defaults)).toThrow(
    new UsageError(`--mock-port is a port from 0 to 65535 (0 takes a free one), not "${port}".`),
  );
});

test("names the options where one is not known", () => {
  expect(() => readFlags(["--prot", "1"], defaults)).toThrow(
    new UsageError("Unknown option '--prot': the options are --mock-port, --host."),
  );
});
