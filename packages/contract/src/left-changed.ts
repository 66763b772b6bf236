const beginning = "A run that wrote has not put back what it changed, or not yet";

/** A note on an earlier run, which left the PBX changed. */
export const leftChanged = (run: string, restoreCommand: string): string =>
  `${beginning} (${run}), so what was read may not be what is usually there. To finish it:\n  ${restoreCommand}`;

/** Is it such a note? A quiet report says those, too: nobody else might. Reports keep notes as texts, so these tell. */
export const isLeftChanged = (note: string): boolean => note.startsWith(beginning);
