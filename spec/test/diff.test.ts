/** From each version line to the next, Redocly's diff sees what the marks announce, and nothing else. */
import { expect, test } from "vitest";
import { redocly } from "../tools/redocly.ts";
import { announced } from "./announced.ts";

interface Change {
  path: string;
  kind: "added" | "removed" | "modified";
  impact: string;
  property?: string;
  base?: { pointer: string };
  verdicts: { ruleId: string }[];
}

const diff = async (base: string, revision: string): Promise<Change[]> =>
  JSON.parse((await redocly(["diff", base, revision, "--format=json", "--fail-on=none"])).stdout).changes;

/** The diff takes a component that went and a like one that came for a renamed one. They are two. */
const withoutRenames = (changes: Change[]): string[] => {
  const isOf = (path: string, { path: whole }: Change) => path === whole || path.startsWith(`${whole}/`);
  const renames = changes.filter(({ property }) => property === "key");
  const isWithin = (one: Change) => renames.some((other) => other.path !== one.path && isOf(one.path, other));
  const renamed = renames.filter((one) => !isWithin(one));
  return [
    ...renamed.flatMap(({ path, base }) => [`removed ${base?.pointer}`, `added ${path}`]),
    ...changes
      .filter(({ path }) => !renamed.some((one) => isOf(path, one)))
      .map(({ kind, path, property }) => [kind, path, property].filter(Boolean).join(" ")),
  ];
};

test.each([
  ["22.0", "22.2"],
  ["22.2", "22.6"],
])("the diff from %s to %s is what the marks announce", async (base, revision) => {
  expect(withoutRenames(await diff(base, revision)).sort()).toEqual(announced(base, revision).sort());
});

const breaking = async (base: string, revision: string) =>
  (await diff(base, revision))
    .filter(({ impact }) => impact === "major")
    .map(({ path, verdicts }) => [path, ...verdicts.map(({ ruleId }) => ruleId)]);

test("the old sign-in's removal at 22.2 is all that breaks a client", async () => {
  expect(await breaking("22.0", "22.2")).toEqual([["#/paths/~1login~1oauth~1token", "path-removed"]]);
  expect(await breaking("22.2", "22.6")).toEqual([]);
});

test("the marks announce the new sign-in at 22.2 and the notification at 22.6", () => {
  const outside = (changes: string[]) => changes.filter((change) => !change.includes("#/components/")).sort();
  expect(outside(announced("22.0", "22.2"))).toEqual([
    "added #/paths/~1auth~1refresh_token",
    "added #/paths/~1auth~1sign_in",
    "added #/paths/~1auth~1sign_out",
    "modified #/info version",
    "removed #/paths/~1login~1oauth~1token",
  ]);
  const answer = "#/paths/~1call_park/get/responses/200/content/application~1json/schema";
  const body = "#/paths/~1call_park/post/requestBody/content/application~1json/schema";
  expect(outside(announced("22.2", "22.6"))).toEqual([
    `added ${answer}/properties/send_notification_to_parker`,
    `added ${body}/properties/send_notification_to_parker`,
    "modified #/info version",
    `modified ${answer} required`,
  ]);
});
