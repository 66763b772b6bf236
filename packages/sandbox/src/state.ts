import { createHash } from "node:crypto";
import type { TenantState } from "./options.ts";
import type { Store } from "./store/index.ts";

/** What each tenant has set. */
export const stateOf = (store: Store): TenantState[] =>
  store.tenants.list().map(({ id, name }) => {
    const { prompt_file_id, ...settings } = store.callPark.show(id);
    const file = prompt_file_id === null ? undefined : store.blobs.show(id, prompt_file_id);
    return {
      tenant: name,
      settings,
      prompt: file && {
        name: file.file_name,
        size: file.content.length,
        sha256: createHash("sha256").update(file.content).digest("hex"),
      },
      groups: store.groups.list(id).map((group) => ({
        ...group,
        members: store.groups.members(group.id).map(({ extension_number }) => extension_number),
      })),
    };
  });
