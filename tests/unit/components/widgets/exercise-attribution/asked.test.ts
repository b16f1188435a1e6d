import { expect, it } from "vitest";
import {
  type Asked,
  isQuick,
  questionsOf,
  readAsked,
} from "../../../../../src/components/widgets/exercise-attribution/asked.ts";

const base: Asked = { source: "A dog.", place: 1, follow: "", against: "", first: "saliency", second: "occlusion" };
const read = (fields: Record<string, unknown>) => readAsked(new Map(Object.entries(fields)), base);

it("asks both methods the same", () => {
  const [one, other] = questionsOf({ ...base, against: "cat" });
  expect({ ...one, method: "occlusion" }).toEqual(other);
  expect(one).toMatchObject({ source: "A dog.", place: 1, against: "cat", method: "saliency", steps: "adaptive" });
});

it("runs unasked what takes a moment alone", () => {
  expect(isQuick(base)).toBe(true);
  expect(isQuick({ ...base, second: "integrated-gradients" })).toBe(false);
});

it("takes from a link what is sound, and the rest as at first", () => {
  const asked = { source: "B.", place: 0, follow: "x", against: "y", first: "rollout", second: "saliency" };
  expect(read(asked)).toEqual(asked);
  expect(read({})).toEqual(base);
  const broken = { source: 3, place: -1, follow: "x".repeat(1e6), against: [], first: "shapley", second: "magic" };
  expect(read(broken)).toEqual(base);
});
