const kinds = {
  Schema: "schemas",
  Response: "responses",
  Parameter: "parameters",
  Header: "headers",
  Example: "examples",
};

/** A reference goes to a whole file of components/, in the folder of what it is. */
export default () => ({
  ref: {
    enter(node, { report, location, type }, resolved) {
      if (type.name === "PathItem") return; // root-is-index sees to them.
      const kind = kinds[type.name];
      const whole = /\/components\/([a-z]+)\/[A-Z][A-Za-z0-9-]*\.yaml$/.exec(
        resolved?.location?.source.absoluteRef ?? "",
      );
      if (node.$ref.includes("#") || !kind || whole?.[1] !== kind)
        report({
          message: `A ${type.name} is referred to as components/${kind ?? "…"}/Name.yaml, without a fragment.`,
          location: location.child(["$ref"]),
        });
    },
  },
});
