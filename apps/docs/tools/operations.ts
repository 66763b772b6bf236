/** As much of the document as the page is made from. */
export interface Document {
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, unknown>>;
  components: Record<string, Record<string, unknown>>;
  info: { title: string; description: string };
}

export interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  parameters?: unknown[];
  requestBody?: { content: Record<string, { examples: Record<string, unknown> }> };
  security?: unknown[];
}

const verbs = ["get", "post"];

/** The document with each of its operations made another. */
export const withOperations = (
  document: Document,
  change: (operation: Operation, verb: string, path: string) => object,
): Document => ({
  ...document,
  paths: Object.fromEntries(
    Object.entries(document.paths).map(([path, item]) => [
      path,
      Object.fromEntries(
        Object.entries(item).map(([key, value]) => [
          key,
          verbs.includes(key) ? change(value as Operation, key, path) : value,
        ]),
      ),
    ]),
  ),
});
