import { type Document, withOperations } from "./operations.ts";

/** Where Redoc puts an operation that is under no tag. */
const addressOf = (operationId: string): string => `#/other/${operationId.toLowerCase()}`;

/**
 * Redoc folds what is under a tag, and its list of it shows no titles. So the page has no tags: everything is there to
 * be read and scrolled through, and the introduction has the tags, with a way to each operation by its title.
 */
export const unfolded = (document: Document): Document => {
  const lists = new Map<string, string[]>(document.tags.map(({ name }) => [name, []]));
  const { tags: _, ...rest } = withOperations(document, ({ tags, ...operation }, verb, path) => {
    const line = `- [${operation.summary}](${addressOf(operation.operationId)}) \`${verb.toUpperCase()} ${path}\``;
    for (const tag of tags) lists.get(tag)?.push(line);
    return operation;
  });
  const contents = document.tags.map(({ name, description }) =>
    [`**${name}.** ${description}`, (lists.get(name) ?? []).join("\n")].join("\n\n"),
  );
  const description = [document.info.description, ...contents].join("\n\n");
  return { ...rest, tags: [], info: { ...document.info, description } };
};
