import type { VerifyOptions, VerifyTarget } from "@callpark/contract";

/** Does the work on a PBX of its own, which is there just as long. */
export const withSandbox = async <T>(
  version: NonNullable<VerifyOptions["version"]>,
  work: (target: VerifyTarget) => Promise<T>,
): Promise<T> => {
  const { startSandbox } = await import("@callpark/sandbox");
  const sandbox = await startSandbox(version === "auto" ? {} : { version });
  try {
    const { accessToken, refreshToken } = await sandbox.signIn();
    const own = sandbox.accounts.find(({ tenant }) => tenant !== null)?.tenant;
    const other = sandbox.accounts.find(({ tenant }) => tenant !== null && tenant !== own);
    const otherToken = other && (await sandbox.signIn(other)).accessToken;
    return await work({
      url: sandbox.apiUrl,
      token: accessToken,
      refreshToken,
      embedded: true,
      ...(otherToken !== undefined && { otherToken }),
    });
  } finally {
    await sandbox.close();
  }
};
