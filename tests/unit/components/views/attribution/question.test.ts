import { describe, expect, it } from "vitest";
import { PLAIN, readQuestion } from "../../../../../src/components/views/attribution/question.ts";

const read = (fields: Record<string, unknown>) => readQuestion(new Map(Object.entries(fields)), PLAIN);

describe("a question from a link", () => {
  it("comes back as it was written", () => {
    const asked = {
      ...PLAIN,
      method: "integrated-gradients",
      source: "The dog.",
      target: "Le chien.",
      place: 1,
      against: "chat",
      scale: "probability",
      norm: 1,
      baseline: { kind: "text", text: "A cat" },
      steps: 32,
      rule: "riemann",
    } as const;
    expect(read(JSON.parse(JSON.stringify(asked)))).toEqual(asked);
  });

  it("is held to what can be asked", () => {
    const odd = {
      method: "magic",
      source: 3,
      target: { a: 1 },
      place: -2,
      follow: "x".repeat(9000),
      scale: "nats",
      norm: 7,
      baseline: { kind: "text", text: 5 },
      steps: 0,
      rule: null,
    };
    expect(read(odd)).toEqual(PLAIN);
    expect(read({ place: 99_999, steps: 10_000 })).toMatchObject({ place: 512, steps: 256 });
    expect(read({})).toEqual(PLAIN);
  });
});
