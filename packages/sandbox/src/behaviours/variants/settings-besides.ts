import type { Alter, Behaviour } from "../behaviour.ts";
import { all, at, isSuccess, itemsOf, remembering } from "../tools/at.ts";
import { get } from "../witness.ts";
import { posted, read, variant, write } from "./settings-common.ts";

/** A field that the documents do not have: shown, written by its name, and lost where it is not named. */
const unknownField = (lostWhenNotNamed: boolean): Alter =>
  remembering(() => {
    let mode = "calm";
    return all(
      at(write, async ({ fields }, next) => {
        const answer = await next();
        if (!isSuccess(answer)) return answer;
        if (typeof fields["hold_music_mode"] === "string") mode = fields["hold_music_mode"];
        else if (lostWhenNotNamed) mode = "none";
        return answer;
      }),
      itemsOf(read, (item, { session }, { store }) =>
        session?.tenant_id === store.tenants.list()[0]?.id ? { ...item, hold_music_mode: mode } : item,
      ),
    );
  });

/** What is shown besides the documented settings, or is another each time. */
export const besidesVariants: readonly Behaviour[] = [
  variant(
    "unknown_field.kept",
    "There is a field that the documents do not have, which can be written.",
    unknownField(false),
  ),
  variant(
    "unknown_field.lost",
    "There is a field that the documents do not have, which a POST without it resets.",
    unknownField(true),
    posted({ recall_time: 120 }),
  ),
  variant(
    "timestamp",
    "There is a field that tells when the settings were last written.",
    remembering(() => {
      let written = 0;
      return all(
        at(write, async (_, next) => {
          const answer = await next();
          if (isSuccess(answer)) written += 1;
          return answer;
        }),
        itemsOf(read, (item) => ({
          ...item,
          updated_at: `2026-11-24T12:00:${String(written % 60).padStart(2, "0")}Z`,
          revision: written,
        })),
      );
    }),
    posted({ recall_time: 120 }),
  ),
  variant(
    "clock",
    "There is a field that tells the time of each reading.",
    remembering(() => {
      let readings = 0;
      return itemsOf(read, (item) => {
        readings += 1;
        return { ...item, now: `2026-11-24T12:00:${String(readings % 60).padStart(2, "0")}Z` };
      });
    }),
  ),
  variant(
    "clock.of_seconds",
    "There is a field that tells the time of each reading in whole seconds.",
    itemsOf(read, (item) => ({ ...item, now: `${new Date().toISOString().slice(0, 19)}Z` })),
    [get("/call_park"), get("/call_park", { after: 1000 })],
  ),
  variant(
    "prompt_url.new_each_time",
    "The URL of the prompt is another one on each reading, and every one is good.",
    remembering(() => {
      let readings = 0;
      return all(
        itemsOf(read, (item) => {
          readings += 1;
          const url = item["prompt_file_url"];
          return typeof url === "string" ? { ...item, prompt_file_url: `${url}.${readings}` } : item;
        }),
        at("GET /blobs/{digest}", ({ path }, next) => next({ path: path.replace(/\.\d+$/, "") })),
      );
    }),
    [get("/call_park"), get("/call_park")],
  ),
];
