import type { CallOptions } from "./call-options.ts";

/** What a list takes. */
export interface ListOptions extends CallOptions {
  search?: string;
  filter?: string;
  orderby?: string;
  /**
   * Items to a page.
   * @default the most that the PBX allows
   */
  pageSize?: number;
}
