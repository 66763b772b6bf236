// Plain JavaScript, since Redocly loads it as a plugin without a build.

/** Is a thing with these marks part of the version line? */
const isIn = (marks, line) => {
  const added = marks?.["x-version-added"];
  const removed = marks?.["x-version-removed"];
  return (
    !(added !== undefined && Number(line) < Number(added)) &&
    !(removed !== undefined && Number(line) >= Number(removed))
  );
};

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/**
 * Cuts a bundled document down to what one version line of the PBX has:
 * operations, properties (with their place in `required`) and, in every
 * example, the values of properties that the line lacks.
 *
 * The document is changed in place. References in it must be local.
 */
export const keepVersionLine = (document, line) => {
  const resolve = (node) => {
    let target = node;
    while (typeof target?.$ref === "string") {
      target = target.$ref
        .slice(2)
        .split("/")
        .reduce((at, part) => at[part.replaceAll("~1", "/").replaceAll("~0", "~")], document);
    }
    return target;
  };
  const lacks = (schema) => !isIn(schema, line) || !isIn(resolve(schema), line);

  const pruneExample = (schemaOrRef, value) => {
    const schema = resolve(schemaOrRef);
    if (schema === undefined || value === null || typeof value !== "object") return;
    for (const part of [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])])
      pruneExample(part, value);
    if (Array.isArray(value)) {
      for (const item of value) pruneExample(schema.items, item);
      return;
    }
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if (lacks(property)) delete value[name];
      else pruneExample(property, value[name]);
    }
  };

  const pruneSchema = (schema) => {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if (!lacks(property)) continue;
      delete schema.properties[name];
      if (schema.required) schema.required = schema.required.filter((one) => one !== name);
    }
  };

  // Examples first: they are pruned by the marks that pruning the schemas removes.
  visit(document, (node) => {
    if (node.schema !== undefined && node.examples !== undefined)
      for (const example of Object.values(node.examples)) pruneExample(node.schema, resolve(example).value);
    if (node.properties !== undefined && node.example !== undefined) pruneExample(node, node.example);
  });
  visit(document, (node) => {
    if (typeof node.properties === "object") pruneSchema(node);
  });
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) if (item[method] && !isIn(item[method], line)) delete item[method];
    if (!methods.some((method) => item[method])) delete document.paths[path];
  }
  document.info.version = `${line}.0`;
};

const visit = (node, see) => {
  if (node === null || typeof node !== "object") return;
  if (!Array.isArray(node)) see(node);
  for (const child of Object.values(node)) visit(child, see);
};
