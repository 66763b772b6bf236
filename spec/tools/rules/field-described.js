const scalars = new Set(["string", "integer", "number", "boolean"]);

/** Every field has a description, and every field with a plain value an example. */
export default () => ({
  SchemaProperties: {
    Schema: {
      leave(schema, { report, location }) {
        if (!schema.description?.trim()) report({ message: "A field has a description.", location });
        const plain = [schema.type].flat().some((type) => scalars.has(type));
        if (plain && schema.example === undefined) report({ message: "A field has an example.", location });
      },
    },
  },
});
