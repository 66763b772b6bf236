import { type Check, Skip } from "../check.ts";
import { type Context, finding, send } from "../context.ts";
import type { Finding } from "../finding.ts";
import { downloadPrompt, isPromptPath } from "../guard/prompt.ts";
import { hasPrompt, isSettings } from "../guard/settings.ts";
import { judgeAnswer, shown } from "../judge.ts";
import type { Exchange } from "../wire.ts";

const operation = "GET /blobs/{digest}";

/** Where the URL leads nowhere it is read anew: a PBX may give each reading a URL of its own. */
const downloaded = async (context: Context, url: string): Promise<Exchange> => {
  const exchange = await downloadPrompt(context.session, url);
  if (exchange.status < 400) return exchange;
  const { json } = await send(context, { method: "GET", path: "/call_park" });
  const anew = isSettings(json) ? json["prompt_file_url"] : undefined;
  return isPromptPath(anew) && anew !== url ? downloadPrompt(context.session, anew) : exchange;
};

export const callParkPrompt: Check = {
  id: "call_park.get.prompt",
  title: "The prompt can be downloaded and is what its name and size say",
  operation,
  level: "read",
  run: async (context) => {
    const findings = await judged(context);
    context.promptDoubt = findings.find(({ kind }) => kind === "finding")?.code ?? null;
    return findings;
  },
};

const judged = async (context: Context): Promise<Finding[]> => {
  const { json: settings } = await context.session.once("/call_park");
  if (!isSettings(settings) || !hasPrompt(settings)) throw new Skip("The tenant has no prompt.");
  const url = settings["prompt_file_url"];
  const about = (name: string, documented: string, received: string): Finding =>
    finding(context, {
      code: `call_park.get.${name}`,
      operation: "GET /call_park",
      documented,
      received,
      pointer: `#/components/schemas/CallPark/properties/${name}`,
    });
  if (!isPromptPath(url)) return [about("prompt_file_url", "a path below /api of the PBX", shown(url))];
  const exchange = await downloaded(context, url);
  const findings = judgeAnswer(context, operation, "blobs.download", exchange);
  if (exchange.status !== 200)
    return [...findings, about("prompt_file_url", "a path that can be downloaded", `status ${exchange.status}`)];
  const size = exchange.bytes.length;
  const earlier = context.guard?.prompt.bytes;
  if (earlier !== undefined && !Buffer.from(earlier).equals(exchange.bytes)) {
    context.unprovable ??= `the prompt is another each time that it is downloaded, so it could not be put back (see ${callParkPrompt.id})`;
    findings.push(
      about("prompt_file_url", "a file that stays the same", `${earlier.length} bytes, then ${size} others`),
    );
  }
  if (settings["prompt_file_size"] !== size)
    findings.push(
      about(
        "prompt_file_size",
        "the file's own size",
        `${shown(settings["prompt_file_size"])}, and the download has ${size} bytes`,
      ),
    );
  if (typeof settings["prompt_file_name"] !== "string" || settings["prompt_file_name"] === "")
    findings.push(about("prompt_file_name", "the file's name", shown(settings["prompt_file_name"])));
  const called = nameOf(exchange.headers.get("Content-Disposition"));
  const given = settings["prompt_file_name"];
  if (called !== undefined && typeof given === "string" && given !== "" && called !== given)
    findings.push(
      about("prompt_file_name", `the file's own name, ${shown(called)}`, shown(settings["prompt_file_name"])),
    );
  if (/^\s*[<{]/.test(exchange.text.slice(0, 20)))
    findings.push(about("prompt_file_url", "a sound file", `text: ${exchange.text.slice(0, 60)}`));
  else if (/\.wav$/i.test(String(given)) && !isWave(exchange.bytes))
    findings.push(about("prompt_file_url", `a WAV file, as ${shown(given)} says`, "another kind of file"));
  return findings;
};

/** Does it begin as a WAV file? */
const isWave = (bytes: Uint8Array): boolean => {
  const start = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  return start.startsWith("RIFF") && start.endsWith("WAVE");
};

/** A file's name as RFC 6266 writes it; undefined where there is none, or it is written in another way. */
const nameOf = (header: string | null): string | undefined => {
  const extended = /;\s*filename\*\s*=\s*utf-8''([^;]+)/i.exec(header ?? "")?.[1];
  if (extended !== undefined) return decoded(extended.trim());
  const [, quoted, plain] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header ?? "") ?? [];
  const name = quoted === undefined ? plain : quoted.replace(/\\(.)/g, "$1");
  // Other letters come through a header in more ways than one.
  return name !== undefined && /^[\x20-\x7e]*$/.test(name) ? name : undefined;
};

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};
