import { isAbsolute, join } from "node:path";
import { expect, test } from "vitest";
import { defaultStateDir, folderOf, isSameTenant, placeOf } from "../../src/journal/state-folder.ts";

test.each<[NodeJS.Platform, NodeJS.ProcessEnv, string]>([
  ["linux", { XDG_STATE_HOME: "/var/state" }, "/var/state/callpark"],
  ["darwin", { XDG_STATE_HOME: "/var/state" }, "/var/state/callpark"],
  ["linux", { XDG_STATE_HOME: "state" }, "/home/ada/.local/state/callpark"],
  ["linux", { XDG_STATE_HOME: "" }, "/home/ada/.local/state/callpark"],
  ["darwin", {}, "/home/ada/Library/Application Support/callpark"],
  ["win32", { LOCALAPPDATA: "/local" }, "/local/callpark"],
  ["win32", {}, "/home/ada/AppData/Local/callpark"],
])("on %s with %j journals are below %s", (platform, env, folder) => {
  expect(defaultStateDir(env, platform, "/home/ada")).toBe(join(folder));
});

test("a PBX is told by host, port and prefix, however its URL is written", () => {
  expect(placeOf("https://PBX.example.com/api")).toBe("pbx.example.com:443");
  expect(placeOf("https://pbx.example.com:443")).toBe("pbx.example.com:443");
  expect(placeOf("http://pbx.example.com/api")).toBe("pbx.example.com:80");
  expect(placeOf("https://pbx.example.com:8887/one/api")).toBe("pbx.example.com:8887/one");
});

test("each tenant of each PBX has a folder, with a name that every file system takes", () => {
  const urls = [
    "https://pbx.example.com:8887/api",
    "https://[fd00::1]:8887/api",
    "https://con/api",
    "http://a.b/c:d/api",
  ];
  const tenants = [{ id: "MTY=", name: "Acme" }, { id: "../..", name: "x" }, { name: "Größe/*?" }];
  const names = urls.flatMap((url) => tenants.map((tenant) => folderOf("/state", url, tenant).slice("/state/".length)));
  expect(new Set(names).size).toBe(urls.length * tenants.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9.-]{0,39}(-[0-9a-f]{16}){2}$/);
  expect(isAbsolute(folderOf("/state", urls[0] ?? "", tenants[0] ?? { name: "" }))).toBe(true);
});

test("a tenant is the same by its id or, where one has none, by what it is called", () => {
  const acme = { id: "1", name: "Acme" };
  expect(isSameTenant(acme, { id: "1", name: "Acme Ltd" })).toBe(true);
  expect(isSameTenant(acme, { id: "2", name: "Acme" })).toBe(false);
  expect([{ name: "Acme" }, { name: "1" }].map((other) => isSameTenant(acme, other))).toEqual([true, true]);
  expect(isSameTenant(acme, { name: "Globex" })).toBe(false);
});
