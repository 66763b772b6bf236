/** Where a package's test results are, from its folder. turbo.json names the same. */
export const resultsFile = ".turbo/tests.json";
