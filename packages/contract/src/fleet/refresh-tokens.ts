import type { FleetTarget } from "./target.ts";

/** The refresh tokens that PBXs changed while a fleet was checked: several targets of one tenant may have been given one. */
export class RefreshTokens {
  /** What came in place of each. */
  readonly #newer = new Map<string, string>();

  /** A target as it is when its turn comes: with the newest refresh token, and telling of a newer one. */
  renewed(one: FleetTarget): FleetTarget {
    const { target, onTokens } = one;
    if (!("token" in target) || target.refreshToken === undefined) return one;
    let refreshToken = target.refreshToken;
    for (let next: string | undefined = refreshToken; next !== undefined; next = this.#newer.get(next))
      refreshToken = next;
    return {
      ...one,
      target: { ...target, refreshToken },
      onTokens: (tokens) => {
        if (tokens.refresh !== undefined) {
          this.#newer.set(refreshToken, tokens.refresh);
          // Given once more, it is the newest again.
          this.#newer.delete(tokens.refresh);
          refreshToken = tokens.refresh;
        }
        return onTokens ? onTokens(tokens) : false;
      },
    };
  }
}
