/** The few of the DER types that a certificate is made of, by X.690. */
const tlv = (tag: number, ...contents: Uint8Array[]): Buffer => {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
};

const lengthOf = (length: number): Buffer => {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.from([0x80 + bytes.length]), bytes]);
};

export const sequence = (...parts: Uint8Array[]): Buffer => tlv(0x30, ...parts);
export const set = (...parts: Uint8Array[]): Buffer => tlv(0x31, ...parts);
export const boolean = (value: boolean): Buffer => tlv(0x01, Buffer.from([value ? 0xff : 0]));
/** Of a number that is not negative, big end first. */
export const integer = (bytes: Uint8Array): Buffer => {
  const sign = (bytes[0] ?? 0) >= 0x80 ? [0] : [];
  return tlv(0x02, Buffer.from(sign), bytes);
};
export const octets = (content: Uint8Array): Buffer => tlv(0x04, content);
/** Whose last byte has `unused` bits to leave out. */
export const bits = (content: Uint8Array, unused = 0): Buffer => tlv(0x03, Buffer.from([unused]), content);
export const text = (value: string): Buffer => tlv(0x0c, Buffer.from(value));
/** Of the context, such as `[0]`, with parts inside. */
export const tagged = (number: number, ...parts: Uint8Array[]): Buffer => tlv(0xa0 + number, ...parts);
/** Of the context, with bare bytes inside. */
export const plain = (number: number, content: Uint8Array): Buffer => tlv(0x80 + number, content);

/** As `2.5.4.3`. */
export const objectId = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = rest.flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift(0x80 | (left & 0x7f));
    return groups;
  });
  return tlv(0x06, Buffer.from([first * 40 + second, ...bytes]));
};

/** X.509 writes times from 2050 on with four digits of the year, and those before with two. */
export const time = (when: Date): Buffer => {
  const digits = when.toISOString().replace(/[-:T]|\.\d+/g, "");
  return when.getUTCFullYear() < 2050 ? tlv(0x17, Buffer.from(digits.slice(2))) : tlv(0x18, Buffer.from(digits));
};
