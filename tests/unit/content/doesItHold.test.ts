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
  const last = (method: string) => {
    const found = summary.randomised.find((each) => each.method === method)?.depths.at(-1);
    if (!found) throw new Error(`${method} is missing`);
    return found;
  };

  it.each(["occlusion", "integrated-gradients", "shapley"])("orders by %s beat chance in both curves", (method) => {
    expect(areas(method).deletion.high).toBeLessThan(random.deletion.low);
    expect(areas(method).insertion.low).toBeGreaterThan(random.insertion.high);
  });

  it("puts words back no better than chance by input × gradient", () => {
    const { low, high } = areas("input-x-gradient").insertion;
    expect(low).toBeLessThanOrEqual(random.insertion.mean);
    expect(high).toBeGreaterThanOrEqual(random.insertion.mean);
  });

  it("takes words away better than chance by input × gradient", () => {
    expect(areas("input-x-gradient").deletion.high).toBeLessThan(random.deletion.mean);
  });

  it("keeps much of the order of rollout and saliency in a random model", () => {
    for (const method of ["rollout", "saliency"]) expect(last(method).low).toBeGreaterThan(0.2);
    const rest = summary.randomised.map(({ method }) => method).filter((method) => !/rollout|saliency/.test(method));
    for (const method of rest) expect(last(method).mean).toBeLessThan(last("saliency").mean);
    if (name === "Translator") expect(last("rollout").low).toBeGreaterThan(last("saliency").high);
  });

  it.each(["occlusion", "integrated-gradients", "shapley"])(
    "leaves chance of the small decoder's order by %s",
    (method) => {
      if (name !== "Small decoder") return;
      expect(last(method).low).toBeLessThan(0);
      expect(last(method).high).toBeGreaterThan(0);
    },
  );

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
