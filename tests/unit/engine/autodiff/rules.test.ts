import * as ort from "onnxruntime-web";
import { describe, expect, it } from "vitest";
import { backward } from "../../../../src/engine/autodiff/backward.ts";
import { RULES } from "../../../../src/engine/autodiff/rules.ts";
import { ElementType } from "../../../../src/engine/onnx/graph.ts";
import { writeOnnx } from "../../../../src/engine/onnx/write.ts";
import {
  differences,
  modelOfCase,
  type Numbers,
  numbersFor,
  seedFor,
  type Told,
  tensorFor,
} from "../../../helpers/differences.ts";
import { CASES, type GradientCase } from "../../../helpers/gradientCases.ts";
import { floats } from "../../../helpers/onnxRun.ts";

/** Of fp32 gradients against fp64 differences, relative to the largest number; of differences in fp32, their own error. */
const TOLERANCE = 2e-3;

/** The gradients that the transformed graph gives. */
async function gradients(item: GradientCase, told: Told, y: readonly number[]): Promise<Numbers> {
  const wrt = Object.keys(item.inputs).map((name) => [name, `d${name}`] as const);
  const { model } = backward(modelOfCase(item, ElementType.float, told), { of: "y", seed: "seed", when: "on", wrt });
  const options = { executionProviders: ["wasm"], logSeverityLevel: 4 } as const;
  const session = await ort.InferenceSession.create(writeOnnx(model), options);
  try {
    const numbers = numbersFor(item);
    const feeds = Object.entries(item.inputs).map(([name, shape]) => {
      return [name, tensorFor(numbers[name] ?? new Float64Array(), ElementType.float, shape)] as const;
    });
    const size = y.reduce((product, length) => product * length, 1);
    const on = { seed: floats(seedFor(size), y), on: new ort.Tensor("bool", [true], [1]) };
    const results = await session.run({ ...Object.fromEntries(feeds), ...on });
    return Object.fromEntries(
      wrt.map(([name, output]) => {
        expect(results[output]?.dims).toEqual(item.inputs[name]);
        return [name, Float64Array.from(results[output]?.data as Float32Array)];
      }),
    );
  } finally {
    await session.release();
  }
}

function expectClose(found: Numbers, expected: Numbers): void {
  for (const [name, numbers] of Object.entries(expected)) {
    const largest = Math.max(...numbers.map(Math.abs), 1e-3);
    for (const [index, value] of numbers.entries()) {
      const difference = Math.abs((found[name]?.[index] ?? Number.NaN) - value) / largest;
      expect(difference, `d${name}[${index}]: ${found[name]?.[index]}, differences ${value}`).toBeLessThan(TOLERANCE);
    }
  }
}

describe("every rule agrees with finite differences", () => {
  it("has cases", () => {
    expect(Object.keys(CASES).sort()).toEqual(Object.keys(RULES).sort());
    for (const [op, cases] of Object.entries(CASES)) expect(cases.length, op).toBeGreaterThan(0);
  });

  for (const [op, cases] of Object.entries(CASES)) {
    for (const item of cases) {
      it(`${op}: ${item.name}`, async () => {
        const expected = await differences(item);
        expectClose(await gradients(item, "sizes", expected.y), expected.gradients);
        expectClose(await gradients(item, "ranks", expected.y), expected.gradients);
      });
    }
  }
});
