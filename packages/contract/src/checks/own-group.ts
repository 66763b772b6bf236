import { groupsPath as path } from "../guard/group-listing.ts";
import { isSettings } from "../guard/settings.ts";
import type { Creation } from "../journal/journal.ts";
import type { Exchange } from "../wire.ts";

/** A call park group of the run's own. */
export interface Own {
  id: string;
  name: string;
  path: string;
}

/** Of a group with this id. */
export const pathOf = (id: string): string => `${path}/${encodeURIComponent(id)}`;

/** The id of the group that was made by it. */
export const idIn = ({ status, json }: Exchange): string | undefined => {
  const { id } = (json ?? {}) as { id?: unknown };
  return status < 300 && typeof id === "string" ? id : undefined;
};

export const groupIn = ({ json }: Exchange): Record<string, unknown> => (isSettings(json) ? json : {});

/** What a body asks to be made. */
export const creationOf = ({ name, ...body }: Record<string, unknown>, isLawful = true): Creation => ({
  name: String(name),
  ...("recall_to" in body && { recall_to: body["recall_to"] }),
  ...("ring_group_id" in body && { ring_group_id: body["ring_group_id"] }),
  isLawful,
});
