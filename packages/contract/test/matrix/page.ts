import type { BehaviourSummary } from "@callpark/sandbox";
import type { Row } from "./row.ts";
import { explained } from "./unneeded.ts";

const code = (text: string) => `\`${text}\``;

/** The recorded matrix, for people. */
export const renderPage = (
  matrix: Readonly<Record<string, Row>>,
  faults: readonly BehaviourSummary[],
  variants: readonly BehaviourSummary[],
): string => {
  const operations = [...new Set(faults.map(({ operation }) => operation))].sort();
  const rows = faults.map((fault) => ({ fault, row: matrix[fault.id] }));
  const left = rows.filter(({ row }) => row?.exit === 4);
  return `${[
    "# The killing matrix",
    "",
    "Made by `npm run matrix`, and held to by the tests: change nothing here by hand.",
    "",
    `A run of every check against the sandbox, once for each of its ${faults.length} faults (\`callpark sandbox --fault ID\`).`,
    "Every one is caught by a check that is meant for it, and the PBX is afterwards as it was before, but where it says otherwise below.",
    `Against each of the ${variants.length} lawful variants (\`callpark sandbox --variant ID\`) a run finds nothing.`,
    "",
    ...operations.flatMap((operation) => [
      `## ${operation}`,
      "",
      "| fault | what it does | caught by |",
      "| --- | --- | --- |",
      ...rows
        .filter(({ fault }) => fault.operation === operation)
        .map(
          ({ fault, row }) =>
            `| ${code(fault.id)} | ${cell(fault.what)} | ${(row?.checks ?? []).map(code).join(", ")} |`,
        ),
      "",
    ]),
    "## Faults after which a run cannot put everything back",
    "",
    "It says so, with exit code 4.",
    "",
    "| fault | why |",
    "| --- | --- |",
    ...left.map(({ fault }) => `| ${code(fault.id)} | ${cell(fault.unrestorable ?? "")} |`),
    "",
    "## Checks that are never the only one to catch a fault",
    "",
    "| check | why it is there all the same |",
    "| --- | --- |",
    ...Object.entries(explained).map(([id, why]) => `| ${code(id)} | ${cell(why)} |`),
    "",
    "## Lawful variants",
    "",
    "| variant | what it does |",
    "| --- | --- |",
    ...variants.map(({ id, what }) => `| ${code(id)} | ${cell(what)} |`),
  ].join("\n")}\n`;
};

const cell = (text: string) => text.replaceAll("|", "\\|");
