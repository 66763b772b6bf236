/** Hides every secret of the run in a text, as it stands and as encodings write it. */
export type Mask = (text: string) => string;

export const createMask = (): { mask: Mask; add: (secret: string | undefined) => void } => {
  const forms = new Set<string>();
  return {
    add: (secret) => {
      // Shorter ones would hide half of every report.
      if (secret === undefined || secret.length < 4) return;
      forms.add(secret);
      forms.add(encodeURIComponent(secret));
      forms.add(JSON.stringify(secret).slice(1, -1));
      forms.add(Buffer.from(secret).toString("base64"));
    },
    mask: (text) => [...forms].reduce((masked, form) => masked.replaceAll(form, "•••"), text),
  };
};
