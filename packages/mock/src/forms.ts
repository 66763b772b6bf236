import type { Document } from "./document.ts";

interface Form {
  $ref?: string;
  properties?: unknown;
  oneOf?: unknown[];
  [keyword: string]: unknown;
}

/**
 * A copy of the document whose forms Prism reads whole. Of a form whose schema has `properties` beside `oneOf`, Prism
 * 5.16 reads the fields of `properties` alone and then misses the rest, so these go into each branch.
 */
export const withWholeForms = (document: Document): Document => {
  const copy = structuredClone(document);
  for (const item of Object.values(copy.paths))
    for (const operation of Object.values(item)) {
      const media = operation?.requestBody?.content?.["application/x-www-form-urlencoded"];
      if (media) media.schema = inBranches(resolve(copy, media.schema));
    }
  return copy;
};

const inBranches = (form: Form): Form => {
  const { oneOf, ...own } = form;
  return oneOf && own.properties ? { oneOf: oneOf.map((branch) => ({ allOf: [own, branch] })) } : form;
};

const resolve = (document: Document, form: Form): Form => {
  const name = form.$ref?.split("/").at(-1);
  return name === undefined ? form : document.components["schemas"]?.[name];
};
