import type { CallPark } from "@callpark/types";
import { fieldName } from "../body.ts";
import { type Context, type Handlers, type Pbx, tenantOf } from "../context.ts";
import { defaultSettings } from "../defaults.ts";
import { fieldError, type PbxErrorBody, validateFailed } from "../errors.ts";
import { basePath, propertyNames, validate } from "../lines.ts";
import type { CallParkSettings } from "../store/call-park.ts";
import { promptError } from "./prompt.ts";
import { ringGroupError } from "./recall.ts";

const pick = (fields: ReadonlySet<string>, value: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const picked: Record<string, unknown> = {};
  for (const name of fields) if (Object.hasOwn(value, name)) picked[name] = value[name];
  return picked;
};

/** What the PBX answers with: the fields that its version line has. */
const shown = ({ line, store }: Pbx, settings: CallParkSettings): Record<string, unknown> => {
  const prompt = settings.prompt_file_id === null ? undefined : store.blobs.info(settings.prompt_file_id);
  const derived: Pick<CallPark, "prompt_file_name" | "prompt_file_size" | "prompt_file_url"> = {
    prompt_file_name: prompt?.file_name ?? null,
    prompt_file_size: prompt?.size ?? null,
    prompt_file_url: prompt ? `${basePath(line)}/blobs/${prompt.key}` : null,
  };
  return pick(propertyNames(line, "CallPark"), { ...settings, ...derived });
};

export const callPark: Handlers<"showCallParkServer" | "updateCallParkServer"> = {
  showCallParkServer: (context) => ({
    status: 200,
    json: shown(context, context.store.callPark.show(tenantOf(context))),
  }),
  updateCallParkServer: (context) => {
    const { line, store, semantics, body } = context;
    const tenant = tenantOf(context);
    const before = semantics === "merge" ? store.callPark.show(tenant) : defaultSettings(line);
    const after: CallParkSettings = { ...before, ...pick(propertyNames(line, "CallParkUpdate"), body) };
    const errors = brokenRules(context, tenant, after);
    if (errors.length > 0) throw validateFailed(...errors);
    store.callPark.save(tenant, after);
    return { status: 200 };
  },
};

/** A body may hold on its own and not with what is stored, so the outcome is held to the rules as well. */
const brokenRules = (
  context: Context<"updateCallParkServer">,
  tenant: string,
  after: CallParkSettings,
): PbxErrorBody[] => {
  const { line, store, body } = context;
  const errors = validate(line, "CallPark", shown(context, after));
  if (errors.length > 0) return errors.map(({ pointer, message }) => fieldError(fieldName(pointer), message));
  const { extension_number: number } = after;
  const holder = number === null ? undefined : store.numbers.byNumber(tenant, number);
  return [
    ringGroupError(context, tenant, after),
    holder && fieldError("extension_number", `must be free, and belongs to ${holder.name}`),
    promptError(context, tenant, body.prompt_file_id),
  ].filter((error) => error !== undefined);
};
