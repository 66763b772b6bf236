/** Version marks as Redoc shows them: badges. */
export const withBadges = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(withBadges);
  if (typeof node !== "object" || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withBadges(value)]));
  const badges = badgesOf(copy);
  return badges.length > 0 ? { ...copy, "x-badges": badges } : copy;
};

const inDocument = "is marked with `x-version-added` and `x-version-removed`";
const onPage = "is marked “From 22.6”, say, or “Before 22.2”";

/** The introduction speaks of marks as the document has them: on the page, they are what a reader sees there. */
export const introduced = <Info extends Record<string, unknown>>(info: Info): Info => {
  const description = String(info["description"]);
  if (!description.includes(inDocument)) throw new Error(`info.description no longer says "${inDocument}"`);
  return { ...info, description: description.replace(inDocument, onPage) };
};

const badgesOf = (node: Record<string, unknown>) => [
  ...(typeof node["x-version-added"] === "string" ? [{ name: `from ${node["x-version-added"]}`, color: "blue" }] : []),
  ...(typeof node["x-version-removed"] === "string"
    ? [{ name: `before ${node["x-version-removed"]}`, color: "orange" }]
    : []),
];
