import type { Context } from "../context.ts";
import { concernsPrompt, isDocumented } from "../guard/settings.ts";
import type { Written } from "../guard/settings-guard.ts";
import { post } from "../marks.ts";
import { guardOf } from "../writing.ts";

const leftOut = new WeakMap<Context, Promise<boolean>>();
const ignored = new WeakMap<Context, Promise<boolean>>();

/** Sends nulls, and waits for none of them to show: where null leaves a field as it is, none ever does. */
const writeNulls = (context: Context, names: readonly string[]): Promise<Written> =>
  guardOf(context).send(post(JSON.stringify(Object.fromEntries(names.map((name) => [name, null])))));

const once = (
  answers: WeakMap<Context, Promise<boolean>>,
  context: Context,
  ask: (context: Context) => Promise<boolean>,
): Promise<boolean> => {
  const known = answers.get(context);
  if (known !== undefined) return known;
  const asked = ask(context);
  answers.set(context, asked);
  // Where no answer came the check is made again, and asks again.
  asked.catch(() => answers.delete(context));
  return asked;
};

/**
 * Does null stand for a field that is left out, wherever nothing may be blank? That is not documented, and a PBX that
 * means it so takes it for all such fields and does to them what it does to a body without any.
 */
export const isNullLeftOut = (context: Context): Promise<boolean> =>
  once(leftOut, context, async () => {
    const guard = guardOf(context);
    const names = [...context.contract.properties(context.contract.schema("CallParkUpdate"))]
      .filter(([name, schemas]) => name in guard.body() && !schemas.some(({ type }) => [type].flat().includes("null")))
      .map(([name]) => name);
    const plain = await guard.write({});
    const { exchange, after } = await writeNulls(context, names);
    const isBlank = names.some((name) => after[name] === null);
    if (plain.exchange.status !== 200 || exchange.status !== 200 || isBlank) return false;
    return (
      guard.differences(plain.after, after).filter((name) => isDocumented(name) && !concernsPrompt(name)).length === 0
    );
  });

/**
 * Does null leave a field as it is that may be blank? Then what was blank could not be made so again. The number tells:
 * it is there, and is written again with the next settings. Where it is not, the fields tell that cannot be blank.
 */
export const isNullIgnored = (context: Context): Promise<boolean> =>
  once(ignored, context, async () => {
    const guard = guardOf(context);
    const number = "extension_number";
    if (typeof guard.before[number] !== "string" || !(number in guard.body())) return isNullLeftOut(context);
    const { exchange, after } = await writeNulls(context, [number]);
    return exchange.status === 200 && typeof after[number] === "string";
  });

/** Could a ring group not be taken away again where none was chosen? */
export const isRingGroupStuck = async (context: Context): Promise<boolean> => {
  const guard = guardOf(context);
  const isStuck = () => guard.reasonToLeave(["ring_group_id"]) !== undefined;
  if (!isStuck() && guard.before["ring_group_id"] === null && (await isNullIgnored(context))) guard.leaveBlanksOut();
  return isStuck();
};
