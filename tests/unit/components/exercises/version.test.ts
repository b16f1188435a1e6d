import { expect, it } from "vitest";
import { versionOf } from "../../../../src/components/exercises/version.ts";

it("changes with question and key, not with the order of names or the breaks of lines", () => {
  const version = versionOf({ question: "How many?", key: { value: 3, tolerance: 0 } });
  expect(versionOf({ question: "How\n  many?", key: { tolerance: 0, value: 3 } })).toBe(version);
  expect(versionOf({ question: "How much?", key: { value: 3, tolerance: 0 } })).not.toBe(version);
  expect(versionOf({ question: "How many?", key: { value: 4, tolerance: 0 } })).not.toBe(version);
  expect(version).toMatch(/^\w+$/);
});
