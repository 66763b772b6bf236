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
  ["pbx", "The PBX's URL cannot be read: give one such as https://pbx.example.com:8887"],
  [
    "https://admin:s3cret@pbx.example.com",
    "The PBX's URL must not hold a user name or password (host pbx.example.com): give a token instead",
  ],
  ["ftp://pbx.example.com", "The PBX's URL must begin with https: or http:, not ftp:"],
  [
    "https://pbx.example.com/?token=s3cret",
    "The PBX's URL must end with its path (host pbx.example.com): leave out ? and #",
  ],
])("%s is refused, with no secret in the message", (given, message) => {
  expect(() => apiUrl(given)).toThrow(new ConfigurationError(message));
});
