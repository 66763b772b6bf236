import type { Markup } from "../../../reporters/html/markup.ts";
import { html } from "../../../reporters/html/markup.ts";
import { NAMED_TARGETS, namesOf } from "../names.ts";

/** The targets by name; of many, the first ones, and all of them when it is unfolded. */
export const namesFold = (names: readonly string[]): Markup =>
  names.length <= NAMED_TARGETS
    ? html`${names.join(", ")}`
    : html`<details class="names"><summary>${names.length} targets<span class="preview">: ${namesOf(names)}</span></summary>${names.join(", ")}</details>`;
