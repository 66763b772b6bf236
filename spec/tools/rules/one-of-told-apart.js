/**
 * The branches of a oneOf are told apart by one property: each gives it other
 * values, and at most one may leave it out. The validators choose by it.
 */
export default () => ({
  Schema: {
    enter(schema, { report, location, resolve }) {
      if (schema.anyOf) report({ message: "Use oneOf.", location: location.child(["anyOf"]) });
      if (!schema.oneOf) return;
      const branches = schema.oneOf.map((branch) => (branch.$ref ? resolve(branch).node : branch));
      const apart = Object.keys(branches[0]?.properties ?? {}).some((name) => tellsApart(branches, name));
      if (!apart) report({ message: "No property tells the branches apart.", location: location.child(["oneOf"]) });
    },
  },
});

const tellsApart = (branches, name) => {
  const values = branches.map((branch) => branch?.properties?.[name]?.enum);
  if (values.some((list) => list === undefined)) return false;
  const optional = branches.filter((branch) => !branch.required?.includes(name));
  return new Set(values.flat()).size === values.flat().length && optional.length <= 1;
};
