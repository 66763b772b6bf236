import type { Contract } from "./contract-document.ts";
import { curlOf } from "./curl.ts";
import type { Finding } from "./finding.ts";
import { requestOf } from "./finding-request.ts";
import type { Settings } from "./guard/settings.ts";
import type { SettingsGuard } from "./guard/settings-guard.ts";
import type { Mask } from "./mask.ts";
import type { Report, WriteLevel } from "./report.ts";
import type { Session } from "./session.ts";
import type { Credentials } from "./target.ts";
import type { Watch } from "./watch.ts";
import type { Exchange, WireRequest } from "./wire.ts";

/** What a check has to work with. */
export interface Context {
  contract: Contract;
  session: Session;
  /** Sees every answer of the run. Set right after the context is made, which it needs to judge. */
  watch?: Watch;
  mask: Mask;
  otherToken: string | undefined;
  /** Has it been good for anything? */
  wasOtherTaken?: boolean;
  credentials?: Credentials | undefined;
  systemAdministrator?: Credentials | undefined;
  /** The other tenant's settings as they were read first. */
  otherBefore?: Settings;
  /** The ids of what it has and this tenant has not, as far as they were listed. */
  idsOfOther?: Set<string>;
  /** Has a POST that did not name the prompt kept it? */
  keepsPrompt?: boolean;
  /** The ids of the checks that the run is to make. */
  chosen: ReadonlySet<string>;
  /** What the run may write. */
  write: WriteLevel;
  /** Where made-up values begin; undefined for another place each time. */
  seed?: number | undefined;
  /** The most requests that the run may send, but for what puts everything back. */
  maxRequests?: number | undefined;
  /** Of the tenant that the token belongs to, where the PBX says it. */
  tenantId?: string | undefined;
  /** What says which version line the PBX speaks. */
  versionSource: Report["pbxVersion"]["source"];
  /** Present in a run that may write. */
  guard: SettingsGuard | undefined;
  /** Why there is none in a run that was to write. */
  guardRefusal?: string;
  /** The times of which this PBX takes the documented maximum, where the documents contradict each other on it. */
  proven: Set<string>;
  /** Has a prompt been uploaded, so that the one which was there can be? */
  doUploadsWork?: boolean;
  /** Where there was no prompt: has one been set, and taken away again? */
  canClearPrompt?: boolean;
  /** The finding that leaves it open whether the prompt could be put back, by its code; null where there is none, undefined where nothing has looked. */
  promptDoubt?: string | null;
  /** What was found when everything had been put back: it belongs to the run as a whole. */
  aftermath: Finding[];
  /** Why nothing can be written here, where that is a finding already. */
  unprovable?: string;
}

export type FindingParts = Omit<Finding, "kind" | "location" | "curl"> & {
  kind?: Finding["kind"];
  /** The rule in the bundled document. */
  pointer?: string | undefined;
  /** The exchange that shows it. */
  exchange?: Pick<Exchange, "request" | "url">;
};

/** A finding with its place in the spec, its command, and no secret. */
export const finding = (context: Context, parts: FindingParts): Finding => {
  const { pointer, exchange, kind = "finding", ...rest } = parts;
  const location = pointer === undefined ? undefined : context.contract.location(pointer);
  return {
    ...rest,
    kind,
    received: context.mask(rest.received),
    ...(location && { location }),
    ...(exchange && { curl: context.mask(curlOf(exchange)), request: requestOf(exchange.request) }),
  };
};

/** A request with the run's token. */
export const send = (context: Context, request: WireRequest): Promise<Exchange> => context.session.send(request);
