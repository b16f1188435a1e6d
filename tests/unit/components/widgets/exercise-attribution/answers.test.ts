import { describe, expect, it } from "vitest";
import { storedOf } from "../../../../../src/components/widgets/exercise-attribution/answers.ts";
import { questionsOf } from "../../../../../src/components/widgets/exercise-attribution/asked.ts";
import dog from "../../../../../src/stored/attributions/exercise-dog.json" with { type: "json" };
import kate from "../../../../../src/stored/attributions/exercise-kate.json" with { type: "json" };

const stored = storedOf(dog);
const asked = { source: stored.start.source, follow: "", against: "", first: "saliency", second: "occlusion" } as const;
const [chien] = questionsOf({ ...asked, place: 1 });
const run = { source: asked.source, target: "Le chien brun a couru." };

describe("stored answers", () => {
  it("are found for every output, by the method and its settings", () => {
    for (let place = 0; place < 7; place += 1) {
      for (const question of questionsOf({ ...asked, place })) {
        const found = stored.find(question);
        expect(found?.attribution).toMatchObject({ method: question.method, targets: [{ row: place }] });
      }
    }
    expect(stored.find({ ...chien, norm: 1 })).toBeNull();
    expect(stored.find({ ...chien, method: "rollout" })).toBeNull();
    expect(stored.find({ ...chien, source: "another" })).toBeNull();
    // A setting that the method does not have changes nothing.
    expect(stored.find({ ...chien, steps: 4 })?.attribution.method).toBe("saliency");
  });

  it("are found by what an exercise follows", () => {
    const target = stored.find(chien)?.attribution.targets[0];
    if (target?.kind !== "token") throw new Error("nothing is stored");
    expect(stored.attribution({ run, target }, { method: "occlusion" })?.method).toBe("occlusion");
    expect(stored.attribution({ run, target }, { method: "occlusion", baseline: { kind: "mean" } })).toBeNull();
    expect(stored.attribution({ run, target: { ...target, against: 5 } }, { method: "occlusion" })).toBeNull();
    expect(stored.attribution({ run: { ...run, target: "Le" }, target }, { method: "occlusion" })).toBeNull();
    expect(stored.attribution({ run, target: { kind: "similarity", to: "x" } }, { method: "occlusion" })).toBeNull();
  });

  it("start with the lead of one name over another", () => {
    const { start, find } = storedOf(kate);
    const found = find({ ...start, method: "occlusion" });
    expect(start.against).toBe("Paul");
    expect(found?.attribution.targets[0]).toHaveProperty("against");
  });
});
