/** In a shell's single quotes. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
