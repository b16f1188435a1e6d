import { describe, expect, it } from "vitest";
import { asksOf } from "../../../../../src/components/widgets/exercise-attribution/tracing.ts";
import { failure } from "../../../../../src/lib/failure.ts";
import { aboutModel } from "../../../../../src/stored/models.ts";
import { attributionOn } from "../../../../helpers/attributions.ts";
import { fakeStudyClient } from "../../../../helpers/fakeStudyClient.ts";
import { storedRun } from "../../../../helpers/runCode.ts";

const dog = storedRun("brown-dog");
const followed = {
  run: { source: dog.source.text, target: "Le chien brun a couru." },
  target: { kind: "token", row: 1, id: 996, scale: "logit" },
} as const;
const kept = attributionOn(dog, { source: [1] });
const other = attributionOn(dog, { source: [2] });
const request = { method: "saliency" } as const;

function desk({ stored = true, absent = false } = {}) {
  const { client, asked, ended, status } = fakeStudyClient(aboutModel("translator-en-fr").info);
  const asks = asksOf({
    client,
    channel: "figure/exercises",
    absent,
    attribution: () => (stored ? kept : null),
    gradient: async () => null,
  });
  return { asks, asked, ended, status };
}
const turn = () => new Promise((resolve) => setTimeout(resolve));

describe("a figure's model, asked by exercises", () => {
  it("answers from what is stored while it is not loaded", async () => {
    const { asks, asked } = desk();
    expect(await asks.attribute(followed, request)).toEqual({ ok: true, value: kept, live: false });
    expect(asked).toEqual([]);
  });

  it("is asked where nothing is stored, and says how far it is", async () => {
    const { asks, asked } = desk({ stored: false });
    const answer = asks.attribute(followed, request);
    await turn();
    expect(asked[0]).toMatchObject({
      channel: "figure/exercises",
      request: { job: "attribution", method: "saliency", run: followed.run, targets: [followed.target] },
    });
    asked[0]?.tell({ done: 1, total: 2 });
    expect(asks.progress.value).toEqual({ done: 1, total: 2 });
    asked[0]?.answer({ ok: true, value: other });
    expect(await answer).toEqual({ ok: true, value: other, live: true });
    expect(asks.progress.value).toBeNull();
  });

  it("is asked once it is live, whatever is stored", async () => {
    const { asks, asked, status } = desk();
    status.value = { ...status.value, phase: "live" };
    const answer = asks.attribute(followed, request);
    await turn();
    asked[0]?.answer({ ok: true, value: other });
    expect(await answer).toMatchObject({ live: true, value: other });
  });

  it("says in words why there is no answer", async () => {
    const { asks, asked } = desk({ stored: false });
    const answer = asks.gradient(followed);
    await turn();
    asked[0]?.answer({ ok: false, failure: failure("network", "The file could not be fetched.") });
    expect(await answer).toEqual({ ok: false, message: "The file could not be fetched." });
    expect(await desk({ stored: false, absent: true }).asks.attribute(followed, request)).toMatchObject({ ok: false });
  });

  it("is stopped by what asked it, and not without", async () => {
    const { asks, asked, ended } = desk({ stored: false });
    asks.cancel();
    expect(ended).toEqual([]);
    const answer = asks.attribute(followed, request);
    await turn();
    asks.cancel();
    expect(ended).toEqual(["figure/exercises"]);
    asked[0]?.answer({ ok: false, failure: failure("cancelled", "Ended.") });
    expect(await answer).toEqual({ ok: false, message: "Stopped." });
  });
});
