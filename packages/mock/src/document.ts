import type openapi from "@callpark/spec";
import { withWholeForms } from "./forms.ts";
import type { MockOptions } from "./options.ts";

/** An OpenAPI document, as `@callpark/spec` gives it. */
export type Document = typeof openapi;

/**
 * The document that Prism serves. Prism compares paths and does not look at the path of `servers`, so each path is
 * there twice: as it is written, and below `/api` as on a PBX.
 */
export const servedDocument = async (version: MockOptions["version"]): Promise<Document> => {
  const document = withWholeForms((await documents[version ?? "all"]()).default);
  const paths = Object.entries(document.paths);
  return {
    ...document,
    paths: Object.fromEntries([...paths, ...paths.map(([path, item]) => [`/api${path}`, item] as const)]),
  };
};

const documents = {
  all: () => import("@callpark/spec"),
  "22.0": () => import("@callpark/spec/22.0"),
  "22.2": () => import("@callpark/spec/22.2"),
  "22.6": () => import("@callpark/spec/22.6"),
};
