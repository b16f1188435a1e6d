import { describe, expect, it } from "vitest";
import { questionOf, Unaskable } from "../../../../../src/components/exercises/tracing/request.ts";

describe("what code asks of the model", () => {
  it("is read with its options", () => {
    const options = { steps: 32, rule: "riemann", baseline: "mean", target: "chien", against: "chat" };
    expect(questionOf({ method: "integrated-gradients", options })).toEqual({
      request: { method: "integrated-gradients", steps: 32, rule: "riemann", baseline: { kind: "mean" } },
      named: { target: "chien", against: "chat" },
    });
    expect(questionOf({ method: "shapley", options: { samples: 10, seed: 0 } }).request).toEqual({
      method: "shapley",
      samples: 10,
      seed: 0,
    });
    expect(questionOf({ method: "occlusion", options: { text: "A cat." } }).request.baseline).toEqual({
      kind: "text",
      text: "A cat.",
    });
    expect(questionOf({ method: "saliency", options: { norm: 1 } }).request).toEqual({ method: "saliency", norm: 1 });
  });

  it.each([
    ["magic", {}, /no method is named magic: saliency/],
    ["toString", {}, /no method/],
    ["saliency", { strength: 2 }, /no option is named strength: norm/],
    ["saliency", { constructor: 2 }, /no option/],
    ["saliency", { norm: 3 }, /norm is a whole number from 1 to 2/],
    ["integrated-gradients", { steps: 1e6 }, /from 1 to 256/],
    ["integrated-gradients", { steps: 1.5 }, /whole number/],
    ["integrated-gradients", { steps: "many" }, /whole number/],
    ["integrated-gradients", { rule: "simpson" }, /riemann, gauss-legendre/],
    ["occlusion", { baseline: "one" }, /pad, mean, zero/],
    ["saliency", { scale: "bits" }, /logit/],
  ])("is refused in words where it makes no sense: %s %j", (method, options, message) => {
    const ask = () => questionOf({ method, options: options as Record<string, number | string> });
    expect(ask).toThrow(Unaskable);
    expect(ask).toThrow(message);
  });
});
