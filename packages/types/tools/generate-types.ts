import openapiTS, { astToString } from "openapi-typescript";

const banner = `// Made from spec/openapi.yaml. Do not edit: change the spec, then \`npm run generate\`.

`;

/** The text of src/generated/openapi.ts for a bundled document. */
export const generateTypes = async (document: object): Promise<string> =>
  // A copy, since the generator writes into what it is given.
  banner + astToString(await openapiTS(JSON.stringify(document), { alphabetize: false, emptyObjectsUnknown: true }));
