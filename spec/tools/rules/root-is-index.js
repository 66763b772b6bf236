/** The file in which a path stands: `/a/{id}/b` in `paths/a_{id}_b.yaml`. */
const fileOf = (path) => `paths/${path.slice(1).replaceAll("/", "_")}.yaml`;

/** The root is an index: each path is a reference to its own file, and no component stands in it. */
export default () => ({
  Paths: {
    enter(paths, { report, location }) {
      for (const [path, item] of Object.entries(paths))
        if (item.$ref !== fileOf(path))
          report({ message: `${path} stands in ${fileOf(path)}.`, location: location.child([path]) });
    },
  },
  Components: {
    enter(components, { report, location }) {
      for (const kind of Object.keys(components))
        if (kind !== "securitySchemes")
          report({ message: `Put ${kind} into components/${kind}/.`, location: location.child([kind]) });
    },
  },
});
