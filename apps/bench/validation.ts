import openapi from "@callpark/spec";
import { isCallPark } from "@callpark/validators/CallPark";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as v from "valibot";
import { z } from "zod";
import { callPark } from "./call-park.ts";
import { interleave } from "./interleave.ts";
import type { Figure } from "./table.ts";

const digits = /^[0-9]{3,64}$/;
const blob = /^\/api\/blobs\/[^/?#]+$/;

const zodCommon = {
  enabled: z.boolean(),
  extension_number: z.string().regex(digits).nullable(),
  recall_time: z.int().min(60).max(900),
  recall_ring_group_time: z.int().min(60).max(900),
  prompt_file_name: z.string().nullable(),
  prompt_file_size: z.int().min(0).nullable(),
  prompt_file_url: z.string().regex(blob).nullable(),
  send_notification_to_parker: z.boolean().optional(),
};
const zodCallPark = z.discriminatedUnion("recall_to", [
  z.looseObject({ ...zodCommon, recall_to: z.literal("USER_ONLY"), ring_group_id: z.string().min(1).nullable() }),
  z.looseObject({
    ...zodCommon,
    recall_to: z.enum(["USER_FIRST_THEN_RING_GROUP", "RING_GROUP_ONLY"]),
    ring_group_id: z.string().min(1),
  }),
]);

const time = v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(900));
const valibotCommon = {
  enabled: v.boolean(),
  extension_number: v.nullable(v.pipe(v.string(), v.regex(digits))),
  recall_time: time,
  recall_ring_group_time: time,
  prompt_file_name: v.nullable(v.string()),
  prompt_file_size: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  prompt_file_url: v.nullable(v.pipe(v.string(), v.regex(blob))),
  send_notification_to_parker: v.optional(v.boolean()),
};
const valibotCallPark = v.variant("recall_to", [
  v.looseObject({
    ...valibotCommon,
    recall_to: v.literal("USER_ONLY"),
    ring_group_id: v.nullable(v.pipe(v.string(), v.minLength(1))),
  }),
  v.looseObject({
    ...valibotCommon,
    recall_to: v.picklist(["USER_FIRST_THEN_RING_GROUP", "RING_GROUP_ONLY"]),
    ring_group_id: v.pipe(v.string(), v.minLength(1)),
  }),
]);

/** ajv's own, which ends at the first rule that is broken: what standalone code does as well, once it is loaded. */
const ajv = new Ajv2020({ strict: false, formats: { int32: true, int64: true, password: true } });
ajv.addSchema({ $id: "document", components: openapi.components });
const ajvCallPark = ajv.getSchema("document#/components/schemas/CallPark") as (value: unknown) => boolean;

const checks: Record<string, (value: unknown) => boolean> = {
  "ours: isCallPark": isCallPark,
  "ajv, yes or no": ajvCallPark,
  zod: (value) => zodCallPark.safeParse(value).success,
  valibot: (value) => v.is(valibotCallPark, value),
};
// Several objects, so that no contender is measured on one that the compiler knows.
const answers = Array.from({ length: 64 }, (_, at) => ({ ...callPark, recall_time: 60 + at }));
const times = 200_000;

/** What it costs to validate an answer that is as it should be, in processor time. */
export const validation = async (rounds: number): Promise<Figure[]> => {
  const measured = await interleave(Object.keys(checks), rounds, (name) => {
    const check = checks[name] as (value: unknown) => boolean;
    let right = 0;
    const before = process.cpuUsage();
    for (let at = 0; at < times; at += 1) if (check(answers[at & 63])) right += 1;
    const { user, system } = process.cpuUsage(before);
    if (right !== times) throw new Error(`${name} refuses the answer`);
    return ((user + system) / times) * 1000;
  });
  return [{ title: "settings validated", unit: "ns", digits: 0, measured, bases: ["zod", "ajv, yes or no"] }];
};
