import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  addressFields,
  readAddress,
  type WalkAddress,
} from "../../../../../src/components/widgets/output-walk/address.ts";

const defaults: WalkAddress = {
  source: "A dog",
  target: null,
  open: "loss",
  choice: { layer: 0, head: 0, row: 0, column: 0 },
};

test("what is written is read again", () => {
  const address: WalkAddress = {
    source: "Two dogs",
    target: "Deux chiens",
    open: "cross_attentions",
    choice: { layer: 1, head: 3, row: 2, column: 5 },
  };
  expect(readAddress(new Map(Object.entries(addressFields(address))), defaults)).toEqual({ address, bad: 0 });
});

test("bad fields keep their defaults and are counted", () => {
  const fields = new Map<string, unknown>([
    ["source", 3],
    ["open", "__proto__"],
    ["layer", -1],
    ["head", 1e308],
    ["row", "2"],
    ["who", "knows"],
    ["column", 4],
  ]);
  const { address, bad } = readAddress(fields, defaults);
  expect(address).toEqual({ ...defaults, choice: { ...defaults.choice, column: 4 } });
  expect(bad).toBe(6);
});

test("whatever a link says, the address is usable", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), (fields) => {
      const { address } = readAddress(new Map(Object.entries(fields)), defaults);
      expect(typeof address.source).toBe("string");
      expect(Object.values(address.choice).every((index) => Number.isInteger(index) && index >= 0)).toBe(true);
    }),
  );
});
