/**
 * What a parsed value no longer shows of its text: names that stand twice in one object, where parsers differ on which
 * one counts, and `__proto__`, which is none of the PBX's names and unsafe to merge. The text must be JSON.
 */
export const hiddenNames = (text: string): { twice: string[]; unsafe: boolean } => {
  const twice = new Set<string>();
  const open: (Set<string> | undefined)[] = [];
  let unsafe = false;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"\s*:?|[[\]{}]/g)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") open.pop();
    else if (token.endsWith(":")) {
      const name = JSON.parse(token.slice(0, -1)) as string;
      const names = open.at(-1);
      if (names?.has(name)) twice.add(name);
      names?.add(name);
      unsafe ||= name === "__proto__";
    }
  }
  return { twice: [...twice], unsafe };
};
