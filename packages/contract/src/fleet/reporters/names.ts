/** So many are named; of the others, the number is. */
export const NAMED_TARGETS = 8;

/** `lab-a, lab-b and 3 more` */
export const namesOf = (names: readonly string[]): string => {
  const more = names.length > NAMED_TARGETS ? ` and ${names.length - NAMED_TARGETS} more` : "";
  return `${names.slice(0, NAMED_TARGETS).join(", ")}${more}`;
};
