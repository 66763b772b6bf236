import fieldDescribed from "./rules/field-described.js";
import oneOfToldApart from "./rules/one-of-told-apart.js";
import oneThingAFile from "./rules/one-thing-a-file.js";
import rootIsIndex from "./rules/root-is-index.js";
import versionMarks from "./rules/version-marks.js";
import { allowEveryLine, keepVersionLine } from "./version-line.js";

/** What the lint and the bundles of this repository add to Redocly. */
export default () => ({
  id: "call-park",
  rules: {
    oas3: {
      "field-described": fieldDescribed,
      "one-of-told-apart": oneOfToldApart,
      "one-thing-a-file": oneThingAFile,
      "root-is-index": rootIsIndex,
      "version-marks": versionMarks,
    },
  },
  decorators: {
    oas3: {
      "every-line": () => ({ Root: { leave: allowEveryLine } }),
      "version-line": ({ line }) => ({
        Root: { leave: (document) => keepVersionLine(document, line) },
      }),
    },
  },
});
