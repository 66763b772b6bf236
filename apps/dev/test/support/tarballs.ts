import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { manifest, members } from "../../run/members.js";
import { output } from "./run.ts";

export interface Tarball {
  /** The package's folder in the repository. */
  folder: string;
  name: string;
  version: string;
  /** The file. */
  path: string;
  /** What is in it. */
  files: string[];
}

const pnpm = join(fileURLToPath(new URL("../../../../", import.meta.url)), "node_modules", ".bin", "pnpm");

/** Packs every published package into a folder, as `pnpm publish` does. */
export const packAll = (destination: string): Promise<Tarball[]> =>
  Promise.all(
    members()
      .map((folder) => ({ folder, ...manifest(folder) }))
      .filter((member) => !member.private)
      .map(async ({ folder, name, version }) => {
        const printed = await output(pnpm, ["pack", "--json", "--pack-destination", destination], { cwd: folder });
        const { filename, files } = JSON.parse(printed);
        return { folder, name, version, path: filename, files: files.map((file: { path: string }) => file.path) };
      }),
  );

/** A text file of a tarball. */
export const readPacked = (tarball: Tarball, file: string): Promise<string> =>
  output("tar", ["-xzOf", tarball.path, `package/${file}`], { cwd: tarball.folder });
