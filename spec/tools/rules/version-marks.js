import { marks, versionPattern } from "../version-line.js";

/**
 * A mark stands where the documents of the version lines are cut by it: on an
 * operation, a parameter or a field, beside its reference or where that points.
 * Anywhere else it would do nothing.
 */
export default () => {
  const allowed = new Set();
  const marked = [];
  const allow = (_, { location, rawLocation }) => {
    for (const place of [location, rawLocation]) allowed.add(place.absolutePointer);
  };
  const look = (node, location) => {
    for (const mark of marks) if (node?.[mark] !== undefined) marked.push({ mark, value: node[mark], location });
  };
  return {
    Operation: { enter: allow },
    Parameter: { enter: allow },
    SchemaProperties: { Schema: { enter: allow } },
    any: {
      enter(node, { location, rawNode, rawLocation }) {
        look(node, location);
        if (rawNode !== node) look(rawNode, rawLocation);
      },
    },
    Root: {
      leave(_, { report }) {
        for (const { mark, value, location } of marked) {
          if (!allowed.has(location.absolutePointer))
            report({ message: `${mark} stands on an operation, a parameter or a field.`, location });
          if (typeof value !== "string" || !versionPattern.test(value))
            report({ message: `${mark} is a version line such as '22.6', in quotes.`, location });
        }
      },
    },
  };
};
