// Plain JavaScript, since Redocly loads it as a plugin without a build.

export const marks = ["x-version-added", "x-version-removed"];
export const versionPattern = /^\d+\.\d+$/;

/** Less than 0 where a is before b, more where it is after. 22.10 comes after 22.9. */
export const compareVersions = (a, b) => {
  const [left, right] = [a, b].map((version) => version.split(".").map(Number));
  return left[0] - right[0] || left[1] - right[1];
};

/** Is a thing with these marks part of the version line? */
export const isInLine = (thing, line) => {
  const added = thing?.["x-version-added"];
  const removed = thing?.["x-version-removed"];
  return (
    !(added !== undefined && compareVersions(line, added) < 0) &&
    !(removed !== undefined && compareVersions(line, removed) >= 0)
  );
};

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/**
 * Cuts a bundled document down to what one version line of the PBX has:
 * operations, parameters, fields (with their place in `required`) and, in every
 * example, the values of fields that the line lacks.
 *
 * The document is changed in place. References in it must be local. A mark
 * stands beside a `$ref` or where it points.
 */
export const keepVersionLine = (document, line) => {
  const resolve = (node) => resolveIn(document, node);
  const has = (thing) => isInLine(thing, line) && isInLine(resolve(thing), line);

  const pruneExample = (schemaOrRef, value) => {
    const schema = resolve(schemaOrRef);
    if (schema === undefined || value === null || typeof value !== "object") return;
    for (const part of [schema.allOf, schema.oneOf, schema.anyOf].flat()) pruneExample(part, value);
    if (Array.isArray(value)) {
      for (const item of value) pruneExample(schema.items, item);
      return;
    }
    for (const [name, property] of Object.entries(schema.properties ?? {}))
      if (has(property)) pruneExample(property, value[name]);
      else delete value[name];
  };

  const pruneSchema = (schema) => {
    for (const [name, property] of Object.entries(schema.properties)) {
      if (has(property)) continue;
      delete schema.properties[name];
      if (schema.required) schema.required = schema.required.filter((one) => one !== name);
    }
  };

  const pruneParameters = (owner) => {
    if (owner.parameters) owner.parameters = owner.parameters.filter(has);
  };

  // Examples first: they are pruned by the marks that pruning the schemas removes.
  visit(document, (node) => {
    for (const example of Object.values(node.examples ?? {})) pruneExample(node.schema, resolve(example)?.value);
    pruneExample(node.schema, node.example);
    if (isSchema(node)) pruneExample(node, node.example);
  });
  visit(document, (node) => {
    if (isSchema(node) && node.properties) pruneSchema(node);
  });
  for (const [path, item] of Object.entries(document.paths)) {
    pruneParameters(item);
    for (const method of methods)
      if (!isInLine(item[method], line)) delete item[method];
      else if (item[method]) pruneParameters(item[method]);
    if (!methods.some((method) => item[method])) delete document.paths[path];
  }
  document.info.version = `${line}.0`;
};

/**
 * Makes a bundled document true of every version line: a marked field stays, but no PBX must have it.
 *
 * The document is changed in place. References in it must be local.
 */
export const allowEveryLine = (document) =>
  visit(document, (node) => {
    if (!isSchema(node) || !Array.isArray(node.required)) return;
    const isMarked = (thing) => marks.some((mark) => thing?.[mark] !== undefined);
    node.required = node.required.filter((name) => {
      const property = node.properties?.[name];
      return !isMarked(property) && !isMarked(resolveIn(document, property));
    });
  });

const resolveIn = (document, node) => {
  let target = node;
  while (typeof target?.$ref === "string")
    target = target.$ref
      .slice(2)
      .split("/")
      .reduce((at, part) => at[part.replaceAll("~1", "/").replaceAll("~0", "~")], document);
  return target;
};

const isSchema = (node) => ["type", "properties", "items", "allOf", "oneOf", "anyOf"].some((key) => key in node);

const visit = (node, see) => {
  if (node === null || typeof node !== "object") return;
  if (!Array.isArray(node)) see(node);
  for (const child of Object.values(node)) visit(child, see);
};
