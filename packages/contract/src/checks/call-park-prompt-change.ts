import type { Check } from "../check.ts";
import { finding } from "../context.ts";
import type { Schema } from "../contract-document.ts";
import { downloadPrompt, isPromptPath, uploadPrompt } from "../guard/prompt.ts";
import { shown } from "../judge.ts";
import { silence } from "../silence.ts";
import { expectAccepted, operation } from "../writing.ts";

const code = "call_park.post.prompt_file_id";
const name = "callpark-contract.wav";

export const callParkPromptChange: Check = {
  id: `${code}.accepts`,
  title: "A prompt can be uploaded, set, downloaded as it was, and taken away",
  operation,
  level: "full",
  run: async (context) => {
    const pointer = "#/components/schemas/CallParkUpdate/properties/prompt_file_id";
    const wav = (context.contract.at(pointer) as Schema)["x-wav"];
    const bytes = silence(wav);
    const id = await uploadPrompt(context.session, bytes, name);
    const set = await expectAccepted(context, code, { prompt_file_id: id }, "an uploaded prompt", pointer);
    const findings = [...set.findings];
    const about = (documented: string, received: string) =>
      finding(context, {
        code: `${code}.read_back`,
        operation,
        documented,
        received,
        pointer,
        exchange: set.written.exchange,
      });
    const { prompt_file_name: given, prompt_file_size: size, prompt_file_url: url } = set.written.after;
    if (given !== name || size !== bytes.length)
      findings.push(about(`${name} of ${bytes.length} bytes`, `${shown(given)} of ${shown(size)} bytes`));
    const file = isPromptPath(url) ? await downloadPrompt(context.session, url) : undefined;
    if (!file || !Buffer.from(bytes).equals(file.bytes))
      findings.push(about("the bytes that were uploaded", file ? `${file.bytes.length} other bytes` : shown(url)));
    const cleared = await expectAccepted(context, code, { prompt_file_id: null }, "null for no prompt", pointer);
    const left = cleared.written.after["prompt_file_url"];
    if (cleared.findings.some((one) => one.code.endsWith(".refused")))
      // Whether null may be written is not documented.
      findings.push(...cleared.findings.map((one) => ({ ...one, kind: "observation" as const })));
    else if (typeof left === "string" && left !== "") findings.push(about("no prompt after null", shown(left)));
    return findings;
  },
};
