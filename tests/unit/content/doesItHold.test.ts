import { describe, expect, it } from "vitest";
import { agreementOf, CHECKED } from "../../../src/components/prose/checks.ts";

/** What the page "Does it hold?" says of its tables. */
describe.each(CHECKED)("checks of $name", (model) => {
  const { summary, name } = model;
  const { random, methods } = summary.curves;
  const areas = (method: string) => {
    const found = methods.find((each) => each.method === method);
    if (!found) throw new Error(`${method} is missing`);
    return found;
  };
  const rho = (method: string) => summary.randomised.find((each) => each.method === method)?.depths.at(-1)?.mean ?? 1;

  it.each(["occlusion", "integrated-gradients", "shapley"])("orders by %s beat chance in both curves", (method) => {
    expect(areas(method).deletion.high).toBeLessThan(random.deletion.low);
    expect(areas(method).insertion.low).toBeGreaterThan(random.insertion.high);
  });

  it("puts words back no better than chance by input × gradient", () => {
    const { low, high } = areas("input-x-gradient").insertion;
    expect(low).toBeLessThanOrEqual(random.insertion.mean);
    expect(high).toBeGreaterThanOrEqual(random.insertion.mean);
  });

  it("keeps much of rollout's order in a random model, and more than of any other method", () => {
    expect(rho("rollout")).toBeGreaterThan(0.3);
    for (const { method } of summary.randomised) expect(rho(method)).toBeLessThanOrEqual(rho("rollout"));
  });

  it("forgets occlusion and integrated gradients", () => {
    expect(Math.abs(rho("occlusion"))).toBeLessThan(0.1);
    expect(Math.abs(rho("integrated-gradients"))).toBeLessThan(name === "Small decoder" ? 0.1 : 0.2);
  });

  it("measures rollout by the model", () => {
    const { insertion } = areas("rollout");
    if (name === "Small decoder") expect(insertion.low).toBeGreaterThan(random.insertion.high);
    else expect(insertion.mean).toBeLessThan(random.insertion.mean);
  });

  it("shows the area that the exercise asks about", () => {
    if (name === "Small decoder") expect(random.deletion.mean).toBeCloseTo(0.2, 2);
    else expect(random.deletion.low).toBeGreaterThan(0.25);
  });

  it("finds rollout and the methods with a gradient apart in the translator", () => {
    if (name !== "Translator") return;
    const { methods: names, rows } = agreementOf(model);
    const rollout = rows[names.indexOf("rollout")] ?? [];
    const others = names.map((method, at) => ({ method, rho: rollout[at] ?? 1 }));
    for (const { method, rho: found } of others) if (/gradient|saliency/.test(method)) expect(found).toBeLessThan(0.3);
  });
});
