interface Format {
  type: "number";
  validate: (value: number) => boolean;
}

/** The formats of OpenAPI that the spec uses and ajv does not know. A text that is a password may be any. */
export const formats: { int32: Format; int64: Format; password: true } = {
  int32: {
    type: "number",
    validate: (value) => Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31,
  },
  // JavaScript has no exact number beyond 2 ** 53, so whether one fits is no longer to be told.
  int64: { type: "number", validate: Number.isInteger },
  password: true,
};
