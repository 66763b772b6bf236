import { UnexpectedAnswerError } from "../errors/unexpected-answer-error.ts";
import { type Answer, unwrap } from "../unwrap.ts";

interface Page<Item> {
  count: number;
  items: Item[];
}

/** Every item of every page, in the PBX's order. Throws as `unwrap` does. */
export async function* itemsOf<Item>(
  operation: string,
  read: (query: { skip: number; top: number }) => Promise<Answer<Page<Item>>>,
  top: number,
): AsyncGenerator<Item, void, undefined> {
  let last: string | undefined;
  for (let skip = 0; ; ) {
    const { count, items }: Partial<Page<Item>> = await unwrap(read({ skip, top }));
    if (!Array.isArray(items)) throw new UnexpectedAnswerError("it has no items", operation);
    // What is counted may be wrong, so an empty page ends it as well, and the same page again would never end.
    const page = JSON.stringify(items);
    if (page === last && items.length > 0) throw new UnexpectedAnswerError("it is the page before", operation);
    last = page;
    yield* items;
    skip += items.length;
    if (skip === count || items.length === 0) return;
  }
}
