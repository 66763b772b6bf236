/** Version marks as Redoc shows them: badges. */
export const withBadges = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(withBadges);
  if (typeof node !== "object" || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withBadges(value)]));
  const badges = badgesOf(copy);
  return badges.length > 0 ? { ...copy, "x-badges": badges } : copy;
};

const badgesOf = (node: Record<string, unknown>) => [
  ...(typeof node["x-version-added"] === "string" ? [{ name: `from ${node["x-version-added"]}`, color: "blue" }] : []),
  ...(typeof node["x-version-removed"] === "string"
    ? [{ name: `before ${node["x-version-removed"]}`, color: "orange" }]
    : []),
];
