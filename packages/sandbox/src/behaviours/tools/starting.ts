import type { Pbx } from "../../context.ts";
import type { CallParkSettings } from "../../store/call-park.ts";
import type { Alter } from "../behaviour.ts";
import { at, everywhere, remembering } from "./at.ts";
import { firstTenant } from "./sessions.ts";

/** Gives the first tenant other settings before it is first asked for anything. */
export const starting = (settings: (pbx: Pbx, tenant: string) => Partial<CallParkSettings> | undefined): Alter =>
  remembering(() => {
    let begun = false;
    return at(everywhere, (_, next, pbx) => {
      if (begun) return next();
      begun = true;
      const tenant = firstTenant(pbx);
      const changed = settings(pbx, tenant);
      if (changed) pbx.store.callPark.save(tenant, { ...pbx.store.callPark.show(tenant), ...changed });
      return next();
    });
  });
