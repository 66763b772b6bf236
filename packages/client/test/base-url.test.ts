import { apiUrl, ConfigurationError } from "@callpark/client";
import { expect, test } from "vitest";

test.each([
  ["https://pbx.example.com:8887", "https://pbx.example.com:8887/api"],
  ["https://pbx.example.com:8887/", "https://pbx.example.com:8887/api"],
  ["https://pbx.example.com:8887/api", "https://pbx.example.com:8887/api"],
  ["https://pbx.example.com:8887/api/", "https://pbx.example.com:8887/api"],
  ["https://example.com/pbx/api", "https://example.com/pbx/api"],
  ["http://[::1]:8887", "http://[::1]:8887/api"],
])("%s is %s", (given, wanted) => {
  expect(apiUrl(given)).toBe(wanted);
});

test.each([
  "pbx",
  "https://admin:s3cret@pbx.example.com",
  "https://s3cret@pbx.example.com/api",
  "ftp://pbx.example.com",
  "https://pbx.example.com/?token=s3cret",
  "https://pbx.example.com/#s3cret",
  "https://pbx.example.com/api?",
  // As plain JavaScript may leave it out.
  undefined as unknown as string,
])("%s is refused, with no secret in the message", (given) => {
  expect(() => apiUrl(given)).toThrow(
    new ConfigurationError(
      "The PBX's URL must be one such as https://pbx.example.com:8887, without user name, password, ? and #",
    ),
  );
});

test("a path that ends like the API's is not taken for it", () => {
  expect(apiUrl("https://pbx.example.com/myapi")).toBe("https://pbx.example.com/myapi/api");
});
