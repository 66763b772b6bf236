import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { Schema } from "../tools/schema.ts";

/** What ajv itself says, at run time, of schemas as they were written. */
export const plainAjv = (schemas: Record<string, Schema>): ((name: string) => (value: unknown) => boolean) => {
  const ajv = new Ajv2020({ strict: false, strictNumbers: true, formats: { password: true } });
  formats.default(ajv);
  ajv.addSchema({ $id: "document", components: { schemas } });
  return (name) => ajv.getSchema(`document#/components/schemas/${name}`) as unknown as (value: unknown) => boolean;
};
