import { describe, expect, it } from "vitest";
import { answeringOf } from "../../../../src/components/exercises/code/answering.ts";
import type { Followed } from "../../../../src/components/exercises/evidence.ts";
import { followedIn } from "../../../../src/components/exercises/tracing/followed.ts";
import { attributionOn } from "../../../helpers/attributions.ts";
import { storedRun } from "../../../helpers/runCode.ts";
import { scriptedTracing } from "../../../helpers/scriptedTracing.ts";

const dog = storedRun("brown-dog");
const [chien, brun] = ["chien", "brun"].map((target) => {
  const followed = followedIn(dog, { target });
  if (!followed) throw new Error("the stored run is another one");
  return followed;
}) as [Followed, Followed];

function desk() {
  const { tracing, asked } = scriptedTracing(chien, {
    attribute: ({ method }) => (method === "rollout" ? "the model is away" : attributionOn(dog, { source: [1, 2] })),
  });
  return { asked, answering: answeringOf(tracing, [{ trace: dog, followed: chien }]) };
}

describe("the answers to code", () => {
  it("are of the figure's output, or of the one that the code names", async () => {
    const { answering, asked } = desk();
    expect(await answering?.answer(0, { method: "saliency", options: {} })).toMatchObject({
      ok: true,
      value: { source: [1, 2] },
    });
    await answering?.answer(0, { method: "saliency", options: { target: "brun" } });
    await answering?.answer(0, { method: "saliency", options: { scale: "probability" } });
    expect(asked.map(({ followed }) => followed.target)).toEqual([
      chien.target,
      brun.target,
      { ...chien.target, scale: "probability" },
    ]);
  });

  it("say in words what cannot be answered", async () => {
    const { answering, asked } = desk();
    const said = (method: string, options: Record<string, string>, trace = 0) =>
      answering?.answer(trace, { method, options });
    expect(await said("magic", {})).toMatchObject({ ok: false, message: expect.stringMatching(/no method/) });
    expect(await said("saliency", { target: "nowhere" })).toMatchObject({
      ok: false,
      message: expect.stringMatching(/no such output/),
    });
    expect(await said("saliency", {}, 7)).toMatchObject({ ok: false });
    expect(asked).toEqual([]);
    expect(await said("rollout", {})).toEqual({ ok: false, message: "the model is away" });
  });

  it("are nobody's where no figure computes attributions", () => {
    expect(answeringOf(null, [])).toBeNull();
  });
});
