/** All methods on the built-in models against Captum and against the definitions; see tests/fixtures/attribution/README.md. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../../scripts/local-model.ts";
import type { AttributionRequest, BySide, MethodId } from "../../../../src/engine/attribute.ts";
import type { Target } from "../../../../src/engine/gradient.ts";
import type { Model, Tensor } from "../../../../src/engine/model.ts";
import { attribute, attributeTokens, relative } from "../../../helpers/attribution.ts";

/** One list of numbers for each side. */
type Sides = readonly (readonly number[])[];

interface Reference {
  readonly steps: number;
  readonly source: string;
  readonly target: string | null;
  readonly to?: string;
  readonly targets: readonly {
    readonly row?: number;
    readonly token?: string;
    readonly against?: string;
    readonly scale?: "logit" | "log-probability" | "probability";
    readonly value: number;
    readonly baseline: number;
    readonly methods: Readonly<Record<string, Sides>> &
      Readonly<Record<"riemann" | "gaussLegendre", { readonly scores: Sides; readonly gap: number }>>;
  }[];
}

/** As a share of a method's largest score. */
const TOLERANCE = 1e-3;

describe.each(["decoder-small", "translator-en-fr", "encoder-minilm"])("on %s", (name) => {
  const reference: Reference = JSON.parse(readFileSync(`tests/fixtures/attribution/${name}.json`, "utf8"));
  const run = { source: reference.source, target: reference.target };
  let model: Model;
  beforeAll(async () => {
    model = await openLocal(name);
  }, 120_000);

  /** All rows of the fixtures in one request. */
  const ask = (method: MethodId, options: Partial<AttributionRequest> = {}) =>
    ({ method, run, targets: reference.targets.map((row) => targetOf(model, row, reference.to)), ...options }) as const;

  function expectSides(found: BySide, by: (methods: Reference["targets"][number]["methods"]) => Sides): void {
    for (const [row, { methods }] of reference.targets.entries()) {
      const expected = by(methods);
      const sides = [found.source, ...(found.target ? [found.target] : [])].map((side) => ofRow(side, row));
      expect(sides.map((side) => side.length)).toEqual(expected.map((side) => side.length));
      expect(
        relative(
          sides.flatMap((side) => [...side]),
          expected.flat(),
        ),
        `row ${row}`,
      ).toBeLessThan(TOLERANCE);
    }
  }

  it.each([
    ["saliency1", "saliency", { norm: 1 }],
    ["saliency2", "saliency", { norm: 2 }],
    ["inputXGradient", "input-x-gradient", {}],
    ["occlusion", "occlusion", {}],
    ["attentionXGradient", "attention-x-gradient", {}],
    ["rollout", "rollout", {}],
  ] as const)(
    "%s is the reference's",
    async (key, method, options) => {
      const found = await attributeTokens(model, ask(method, options));
      expectSides(found.scores, (methods) => methods[key] ?? []);
      for (const [row, { value }] of reference.targets.entries()) {
        expect(Math.abs((found.values[row] ?? Number.NaN) - value)).toBeLessThan(1e-3 * Math.max(1, Math.abs(value)));
      }
    },
    60_000,
  );

  it.each([
    ["riemann", "riemann", "pad"],
    ["gaussLegendre", "gauss-legendre", "pad"],
  ] as const)(
    "integrated gradients by %s are Captum's, step for step, and their gap is",
    async (key, rule, kind) => {
      const request = ask("integrated-gradients", { rule, steps: reference.steps, baseline: { kind } });
      const { scores, completeness } = await attributeTokens(model, request);
      expectSides(scores, (methods) => methods[key].scores);
      for (const [row, { value, baseline, methods }] of reference.targets.entries()) {
        const size = Math.max(...methods[key].scores.flat().map(Math.abs));
        expect(Math.abs((completeness?.baseline[row] ?? 9) - baseline)).toBeLessThan(
          1e-3 * Math.max(1, Math.abs(value)),
        );
        expect(Math.abs((completeness?.gap[row] ?? 9) - methods[key].gap)).toBeLessThan(TOLERANCE * size);
      }
    },
    120_000,
  );

  it("adaptive integrated gradients sum to the difference up to the bound, or say what is missing", async () => {
    const request = ask("integrated-gradients", { bound: 0.02 });
    const { values, completeness, scores, paths } = await attributeTokens(model, request);
    for (const [row, value] of values.entries()) {
      const difference = value - (completeness?.baseline[row] ?? Number.NaN);
      const gap = completeness?.gap[row] ?? Number.NaN;
      const all = [...ofRow(scores.source, row), ...(scores.target ? ofRow(scores.target, row) : [])];
      const sum = all.reduce((total, score) => total + score, 0);
      expect(Math.abs(sum - difference - gap)).toBeLessThan(1e-3 * Math.abs(difference));
      const steps = paths?.[row]?.tried.at(-1)?.steps ?? 0;
      if (steps < 256) expect(Math.abs(gap)).toBeLessThanOrEqual(0.02 * Math.abs(difference) + 1e-6);
      // A followed number that leaves its floor late takes more steps than are tried; its gap is told.
      else expect(Math.abs(gap)).toBeLessThan(0.1 * Math.abs(difference));
    }
  }, 240_000);

  it("Shapley values come within three standard errors of the exact ones, and sum to the difference", async () => {
    const { scores, error, completeness } = await attributeTokens(model, ask("shapley", { samples: 40 }));
    let [within, all] = [0, 0];
    for (const [row, { methods, value, baseline }] of reference.targets.entries()) {
      const flat = ({ source, target }: BySide) => [...ofRow(source, row), ...(target ? ofRow(target, row) : [])];
      const errors = error ? flat(error) : [];
      const expected = (methods.shapley ?? []).flat();
      for (const [at, score] of flat(scores).entries()) {
        const off = Math.abs(score - (expected[at] ?? Number.NaN));
        all += 1;
        within += Number(off <= 3 * (errors[at] ?? 0) + 1e-3);
      }
      expect(Math.abs(completeness?.gap[row] ?? 9)).toBeLessThan(1e-3 * Math.max(1, Math.abs(value - baseline)));
    }
    // Twenty couples of orders know their own spread to a sixth: now and then one score lies further out.
    expect(within / all).toBeGreaterThan(0.95);
  }, 240_000);

  it("layer input × gradient is Captum's at every hidden state", async () => {
    const found = await attribute(model, ask("layer-input-x-gradient"));
    if (found.of !== "layers") throw new Error("no layers");
    expectSides(found.scores, ({ layers }) => layers ?? []);
    const first = await attributeTokens(model, ask("saliency"));
    // Where hidden state 0 is the looked-up row itself, so is its gradient.
    if (name !== "translator-en-fr") return;
    const tokens = first.scores.source.shape[1] ?? 0;
    expect(relative(found.norms.source.data.subarray(0, tokens), [...ofRow(first.scores.source, 0)])).toBeLessThan(
      1e-4,
    );
  }, 60_000);
});

describe("head gates", () => {
  it.each(["decoder", "translator"])(
    "of the %s have PyTorch's slopes",
    async (name) => {
      const {
        clean,
        target: text,
        gates,
        row,
        id,
      } = JSON.parse(readFileSync(`tests/fixtures/checks/${name}.json`, "utf8"));
      const model = await openLocal(name === "decoder" ? "decoder-small" : "translator-en-fr");
      const target: Target = { kind: "token", row, id, scale: "logit" };
      const run = { source: clean, target: text ?? null };
      const found = await attribute(model, { method: "head-gates", run, targets: [target] });
      if (found.of !== "heads") throw new Error("no heads");
      for (const [kind, foretold] of Object.entries<number[]>(gates[0].foretold)) {
        const slopes = foretold.map((change) => -change);
        expect(relative(Object(found.scores)[kind].data, slopes), kind).toBeLessThan(TOLERANCE);
      }
    },
    60_000,
  );
});

function targetOf(model: Model, row: Reference["targets"][number], to: string | undefined): Target {
  if (to !== undefined) return { kind: "similarity", to };
  const idOf = (piece: string) => {
    const text = `a ${piece.replace("▁", "")}`;
    const found = model.tokenize(text, "target").find((token) => token.piece === piece && token.start > 0);
    return found?.id ?? expect.fail(`no token ${piece}`);
  };
  const against = row.against === undefined ? {} : { against: idOf(row.against) };
  return { kind: "token", row: row.row ?? 0, id: idOf(row.token ?? ""), scale: row.scale ?? "logit", ...against };
}

/** One row of a tensor, whatever its further axes. */
function ofRow({ data, shape }: Tensor, row: number): Float32Array {
  const size = data.length / (shape[0] ?? 1);
  return data.subarray(row * size, (row + 1) * size);
}
