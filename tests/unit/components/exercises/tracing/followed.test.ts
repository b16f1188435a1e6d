import { describe, expect, it } from "vitest";
import { followedIn } from "../../../../../src/components/exercises/tracing/followed.ts";
import { storedRun } from "../../../../helpers/runCode.ts";

const dog = storedRun("brown-dog");
const mary = storedRun("mary-john");

describe("an output named by its word", () => {
  it("is a written token of a translator, against a likely one", () => {
    const followed = followedIn(dog, { target: "chien", against: "canard" });
    expect(followed).toEqual({
      run: { source: "Translate to French: The brown dog ran.", target: "Le chien brun a couru." },
      target: { kind: "token", row: 1, id: 996, against: 1633, scale: "logit" },
    });
  });

  it("is a next word of a decoder, its first choice where none is named", () => {
    const [first] = mary.predictions.at(-1) ?? [];
    const row = mary.source.tokens.length - 1;
    expect(followedIn(mary, {})?.target).toEqual({ kind: "token", row, id: first?.id, scale: "logit" });
    expect(followedIn(mary, { target: "Mary", against: "John", scale: "probability" })?.target).toMatchObject({
      row,
      scale: "probability",
    });
  });

  it("is none where the run has no such word", () => {
    expect(followedIn(dog, { target: "chat" })).toBeNull();
    expect(followedIn(dog, { target: "chien", against: "xyz" })).toBeNull();
    expect(followedIn(storedRun("brown-dog-minilm"), { target: "dog" })).toBeNull();
  });
});
