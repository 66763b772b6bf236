import type { CallOptions } from "./call-options.ts";

/** What a list takes. */
export interface ListOptions extends CallOptions {
  /**
   * The text to search the items for.
   * @default every item
   * @example "desk"
   */
  search?: string;
  /**
   * Which items to list, as an expression over their fields. How it is written is the PBX's own.
   * @default every item
   * @example "name eq 'Front desk'"
   */
  filter?: string;
  /**
   * The field to sort by.
   * @default the PBX's own order
   * @example "name"
   */
  orderby?: string;
  /**
   * Items to a page.
   * @default the most that the PBX allows
   * @example 20
   */
  pageSize?: number;
}
