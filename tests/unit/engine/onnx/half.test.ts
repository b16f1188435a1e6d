import { expect, it } from "vitest";
import { halfToNumber, numberToHalf } from "../../../../src/engine/onnx/half.ts";

it("reads and writes half precision", () => {
  // From numpy: np.float16(x).view(np.uint16).
  const known: [number, number][] = [
    [1, 0x3c00],
    [-2, 0xc000],
    [0.333251953125, 0x3555],
    [65504, 0x7bff],
    [2 ** -24, 0x0001],
    [2 ** -14, 0x0400],
    [0, 0],
  ];
  for (const [value, bits] of known) {
    expect(halfToNumber(bits), String(value)).toBe(value);
    expect(numberToHalf(value), String(value)).toBe(bits);
  }
  expect(halfToNumber(0x7c00)).toBe(Number.POSITIVE_INFINITY);
  expect(halfToNumber(0x7e00)).toBeNaN();
});

it("comes back to all bits of finite numbers", () => {
  for (let bits = 0; bits < 0x7c00; bits += 1) expect(numberToHalf(halfToNumber(bits))).toBe(bits);
});

it("rounds to the nearest", () => {
  expect(numberToHalf(1 + 0.6 / 1024)).toBe(0x3c01);
  expect(numberToHalf(2 - 0.2 / 1024)).toBe(0x4000);
  expect(numberToHalf(1e6)).toBe(0x7c00);
});
