import type openapi from "@callpark/spec";
import { MockError } from "./errors/mock-error.ts";
import { withWholeForms } from "./forms.ts";
import type { MockOptions } from "./options.ts";

/** An OpenAPI document, as `@callpark/spec` gives it. */
export type Document = typeof openapi;

/**
 * The document that Prism serves. Prism compares paths and does not look at the path of `servers`, so each path is
 * there twice: as it is written, and below `/api` as on a PBX.
 */
export const servedDocument = async (version: MockOptions["version"]): Promise<Document> => {
  const document = withWholeForms((await loaderOf(version)()).default);
  const paths = Object.entries(document.paths);
  return {
    ...document,
    paths: Object.fromEntries([...paths, ...paths.map(([path, item]) => [`/api${path}`, item] as const)]),
  };
};

/** @throws MockError for a version that there is not: of plain JavaScript, or from the environment. */
const loaderOf = (version: MockOptions["version"]) => {
  if (version === undefined) return () => import("@callpark/spec");
  if (Object.hasOwn(documents, version)) return documents[version];
  const known = Object.keys(documents).map((one) => `"${one}"`);
  throw new MockError(
    `There is no version ${JSON.stringify(version)}: choose ${known.join(" or ")}, or leave it out for all of them in one`,
  );
};

const documents = {
  "22.0": () => import("@callpark/spec/22.0"),
  "22.2": () => import("@callpark/spec/22.2"),
  "22.6": () => import("@callpark/spec/22.6"),
};
