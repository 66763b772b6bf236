const beginning = "A run that wrote has not put back what it changed, or not yet";

const unreadable = "A run that wrote may not have put back what it changed";

const consequence = "so what was read may not be what is usually there";

/** A note on an earlier run, which left the PBX changed. */
export const leftChanged = (run: string, restoreCommand: string): string =>
  `${beginning} (${run}), ${consequence}. To finish it:\n  ${restoreCommand}`;

/** The same of a run on a PBX that was called otherwise, where it may be this one. */
export const leftChangedElsewhere = (run: string, restoreCommand: string): string =>
  `${beginning}, of a tenant with this one's id (${run}), which may be the same PBX by another name: then ${consequence.replace("so ", "")}. To finish it:\n  ${restoreCommand}`;

/** The same of a run whose journal cannot be read. */
export const leftUnreadable = (why: string): string => `${unreadable}, ${consequence}. ${why}`;

/** Is it such a note? A quiet report says those, too: nobody else might. Reports keep notes as texts, so these tell. */
export const isLeftChanged = (note: string): boolean => [beginning, unreadable].some((one) => note.startsWith(one));
