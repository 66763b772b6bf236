import { expect, test } from "vitest";
import { examplesOf } from "./support/readme-examples.ts";

const markdown = `# Title

\`\`\`ts
notMarked();
\`\`\`

<!-- run -->

\`\`\`ts
import { unwrap } from "@callpark/client/node";
import type { CallPark } from "@callpark/types";
const seconds: number = 45;
\`\`\`

<!-- run -->
\`\`\`js
await import("callpark");
\`\`\`

<!-- run -->
\`\`\`sh
npx callpark
\`\`\`
`;

test("takes the marked TypeScript and JavaScript, as JavaScript, with its line and its packages", () => {
  const examples = examplesOf("README.md", markdown);
  expect(examples.map(({ at, imports }) => ({ at, imports }))).toEqual([
    { at: "README.md:7", imports: ["@callpark/client", "@callpark/types"] },
    { at: "README.md:15", imports: ["callpark"] },
  ]);
  expect(examples[0]?.code).toMatch(
    /^import \{ unwrap } from "@callpark\/client\/node";\n +\nconst seconds {9}= 45;\n$/,
  );
});

test("takes what an example says that it prints: beside the line, or below it", () => {
  const [example] = examplesOf(
    "README.md",
    `<!-- run -->
\`\`\`ts
const pbx = start(); // not printed
console.log(pbx.url, seconds); // http://127.0.0.1 45
for (const name of names) console.log(name);
// one
// { two: 2 }
await pbx.close().catch((error) => console.log(error.message)); // It is closed
console.log("last");

// Not this one.
\`\`\`
`,
  );
  expect(example?.prints).toEqual(["http://127.0.0.1 45", "one", "{ two: 2 }", "It is closed"]);
});
