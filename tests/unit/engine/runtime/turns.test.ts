import { expect, it } from "vitest";
import { Turns } from "../../../../src/engine/runtime/turns.ts";

it("lets one work at a time, in order, also after a failure", async () => {
  const turns = new Turns();
  const done: string[] = [];
  const step = (name: string, fails = false) =>
    turns.take(async () => {
      done.push(`${name} in`);
      await new Promise((resolve) => setTimeout(resolve));
      done.push(`${name} out`);
      if (fails) throw new Error(name);
    });
  const [first, second] = [step("a", true), step("b")];
  await expect(first).rejects.toThrow("a");
  await second;
  expect(done).toEqual(["a in", "a out", "b in", "b out"]);
});
