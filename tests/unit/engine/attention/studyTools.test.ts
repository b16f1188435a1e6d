import { expect, it } from "vitest";
import { paceOf } from "../../../../src/engine/attention/studyTools.ts";
import { toFailure } from "../../../../src/lib/failure.ts";

it("paceOf tells of every run, and of other work after 50 ms", async () => {
  const told: number[] = [];
  const pace = paceOf({ onProgress: async ({ done }) => told.push(done) > 0 }, 5);
  await pace.ran();
  await pace.ran();
  await pace.breathe();
  expect(told).toEqual([1, 2]);
  await new Promise((resolve) => setTimeout(resolve, 60));
  await pace.breathe();
  expect(told).toEqual([1, 2, 2]);
});

it("paceOf counts runs that go together", async () => {
  const told: number[] = [];
  const pace = paceOf({ onProgress: async ({ done }) => told.push(done) > 0 }, 5);
  await pace.reached(3);
  await pace.ran();
  expect(told).toEqual([3, 4]);
});

it("paceOf stops the study when told to", async () => {
  const pace = paceOf({ onProgress: async ({ done, total }) => done < total }, 2);
  await pace.ran();
  await expect(pace.ran().catch((thrown) => toFailure(thrown).code)).resolves.toBe("cancelled");
});
