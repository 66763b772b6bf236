import type { Answer, Pbx } from "../../../context.ts";
import type { Behaviour } from "../../behaviour.ts";
import { answerOf, itemsOf } from "../../tools/at.ts";
import { behaviour } from "../../tools/fault.ts";
import { download, hasPrompt, type Item, read } from "./prompt.ts";

/** What GET /call_park says of a prompt that is there. */
const says = (
  name: string,
  what: string,
  field: string,
  change: (item: Item) => Item,
  unrestorable?: string,
): Behaviour =>
  behaviour(read, `prompt.${name}`, `GET /call_park ${what}.`, {
    class: "prompt and files",
    field,
    alsoAt: [download],
    alter: itemsOf(read, (item) => (hasPrompt(item) ? change(item) : item)),
    ...(unrestorable !== undefined && { unrestorable }),
  });

const url = (make: (path: string) => string) => (item: Item) => ({
  ...item,
  prompt_file_url: make(String(item["prompt_file_url"])),
});

const shown: readonly Behaviour[] = [
  says(
    "url.not_there",
    "shows a prompt's URL at which there is nothing",
    "prompt_file_url",
    url((path) => `${path}x`),
  ),
  says(
    "url.absolute",
    "shows a prompt's URL with its origin",
    "prompt_file_url",
    url((path) => `https://pbx.example.net${path}`),
  ),
  says(
    "url.other_origin",
    "shows a prompt's URL that leads to another host",
    "prompt_file_url",
    url((path) => `//files.example.net${path}`),
  ),
  says(
    "url.without_api",
    "shows a prompt's URL without /api",
    "prompt_file_url",
    url((path) => path.replace("/api", "")),
  ),
  says(
    "url.with_query",
    "shows a prompt's URL with a query",
    "prompt_file_url",
    url((path) => `${path}?size=1`),
  ),
  says(
    "url.empty",
    "shows a prompt's URL as an empty text",
    "prompt_file_url",
    url(() => ""),
  ),
  says("url.null", "shows the name and size of a prompt without its URL", "prompt_file", (item) => ({
    ...item,
    prompt_file_url: null,
  })),
  says("name.null", "shows the URL and size of a prompt without its name", "prompt_file_name", (item) => ({
    ...item,
    prompt_file_name: null,
  })),
  says("size.null", "shows a prompt without its size", "prompt_file_size", (item) => ({
    ...item,
    prompt_file_size: null,
  })),
  says("size.zero", "shows a prompt of no bytes that has some", "prompt_file_size", (item) => ({
    ...item,
    prompt_file_size: 0,
  })),
  says("size.one_more", "shows the size of a prompt one byte too large", "prompt_file_size", (item) => ({
    ...item,
    prompt_file_size: Number(item["prompt_file_size"]) + 1,
  })),
  says("size.kilobytes", "shows the size of a prompt in kilobytes", "prompt_file_size", (item) => ({
    ...item,
    prompt_file_size: Math.ceil(Number(item["prompt_file_size"]) / 1024),
  })),
  says(
    "name.other",
    "shows another name of a prompt than its file has",
    "prompt_file_name",
    (item) => ({
      ...item,
      prompt_file_name: `copy of ${String(item["prompt_file_name"])}`,
    }),
    "The name that is shown is not the name that there is, and sending it back adds to it.",
  ),
];

const downloads = (name: string, what: string, change: (answer: Answer, pbx: Pbx) => Answer): Behaviour =>
  behaviour(download, `prompt.${name}`, `GET /blobs/{digest} ${what}.`, {
    class: "prompt and files",
    alsoAt: [read],
    alter: answerOf(download, (answer, _, pbx) => change(answer, pbx)),
  });

const files: readonly Behaviour[] = [
  downloads("cut", "answers with all of a file but its last bytes", (answer) => ({
    ...answer,
    bytes: (answer.bytes ?? Buffer.alloc(0)).slice(0, -10),
  })),
  downloads("longer", "answers with a file and a line feed after it", (answer) => ({
    ...answer,
    bytes: Buffer.concat([answer.bytes ?? Buffer.alloc(0), Buffer.from("\n")]),
  })),
  downloads("empty", "answers with no bytes", (answer) => ({ ...answer, bytes: Buffer.alloc(0) })),
  downloads("other_kind", "answers with an MP3 file in the name of a WAV file", (answer) => ({
    ...answer,
    bytes: Buffer.concat([Buffer.from("ID3"), (answer.bytes ?? Buffer.alloc(0)).subarray("ID3".length)]),
  })),
  downloads("name", "names another file in Content-Disposition", (answer) => ({
    ...answer,
    headers: { ...answer.headers, "Content-Disposition": 'attachment; filename="other.wav"' },
  })),
  behaviour(download, "prompt.redirect", "GET /blobs/{digest} leads on to another host.", {
    class: "prompt and files",
    alsoAt: [read],
    alter: answerOf(download, () => ({ status: 302, headers: { Location: "https://files.example.net/prompt.wav" } })),
  }),
];

export const promptShownFaults: readonly Behaviour[] = [...shown, ...files];
