/** The value with what stands at a path changed; of a list, in its last item. `drop` takes it away. */
export const bend = (value: unknown, path: readonly string[], change: (value: unknown) => unknown): unknown => {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (step === "*") {
    if (!Array.isArray(value) || value.length === 0) return value;
    return value.with(-1, bend(value.at(-1), rest, change));
  }
  if (typeof value !== "object" || value === null || !(step in value)) return value;
  const { [step]: inner, ...others } = value as Record<string, unknown>;
  const bent = bend(inner, rest, change);
  return bent === dropped ? others : { ...others, [step]: bent };
};

/** What a change answers with to take a field away. */
export const dropped: unique symbol = Symbol("dropped");
