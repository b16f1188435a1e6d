/** IEEE 754 half precision, the bits of which no older browser converts. */

/** The number that 16 bits stand for. */
export function halfToNumber(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const size = exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return (bits & 0x8000 ? -1 : 1) * (exponent === 31 ? (fraction === 0 ? Number.POSITIVE_INFINITY : Number.NaN) : size);
}

/** The nearest 16 bits for a finite number; too large ones become infinite. */
export function numberToHalf(value: number): number {
  const sign = value < 0 ? 0x8000 : 0;
  const size = Math.abs(value);
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  // Steps of the last bit; a mantissa that is rounded up to 2048 carries over into the exponent by itself.
  const steps = size === 0 ? 0 : Math.round(size * 2 ** (10 - exponent));
  return sign | Math.min(0x7c00, size < 2 ** -14 ? steps : ((exponent + 14) << 10) + steps);
}
