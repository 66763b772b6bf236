import { keepVersionLine } from "./version-line.js";

/** What the lint and the bundles of this repository add to Redocly. */
export default () => ({
  id: "call-park",
  decorators: {
    oas3: {
      "version-line": ({ line }) => ({
        Root: { leave: (document) => keepVersionLine(document, line) },
      }),
    },
  },
});
