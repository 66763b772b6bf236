/** What every error of this package is: the mock could not be started. */
export class MockError extends Error {
  override name = "MockError";
}
