/** Gradients by central finite differences, run by run. */
import * as ort from "onnxruntime-web";
import { ElementType, makeValue, type OnnxModel, type Value } from "../../src/engine/onnx/graph.ts";
import { writeOnnx } from "../../src/engine/onnx/write.ts";
import { type Random, seeded } from "../../src/lib/random.ts";
import type { GradientCase } from "./gradientCases.ts";
import { graphOf } from "./onnxBuild.ts";

export type Numbers = Readonly<Record<string, Float64Array>>;

/** What a graph is told of the shapes of its inputs. */
export type Told = "sizes" | "ranks" | "nothing";

const OPTIONS = { executionProviders: ["wasm"], logSeverityLevel: 4 } as const;

/** The case as a model whose numbers are of one type. */
export function modelOfCase(item: GradientCase, type: number, told: Told, nodes = item.nodes): OnnxModel {
  const weights = Object.entries(item.weights).map(([name, [shape, values]]) => {
    const list = type === ElementType.double ? Float64Array.from(values) : Float32Array.from(values);
    return { name, elementType: type, shape, raw: new Uint8Array(list.buffer), other: [] };
  });
  const shapeOf = (sizes: readonly number[]): Value["shape"] =>
    told === "sizes" ? sizes : told === "ranks" ? sizes.map(() => "") : undefined;
  const domains: [string, number][] = [
    ["", item.opset],
    ["com.microsoft", 1],
  ];
  const graph = graphOf({
    nodes,
    inputs: Object.entries(item.inputs).map(([name, sizes]) => makeValue(name, type, shapeOf(sizes))),
    outputs: [makeValue("y", type)],
    initializers: new Map([...weights, ...item.constants].map((tensor) => [tensor.name, tensor])),
  });
  return { irVersion: 10, opsets: new Map(domains), graph, other: [] };
}

/** Seeded numbers for the inputs, no two of which are close, so that no kink lies near. */
export function numbersFor({ inputs, range: [low, high] }: GradientCase): Numbers {
  const random = seeded(7);
  const sizes = Object.values(inputs).map((shape) => shape.reduce((product, size) => product * size, 1));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const spaced = shuffled(
    Array.from({ length: total }, (_, index) => low + ((high - low) * (index + 0.3 + 0.4 * random())) / total),
    random,
  );
  return Object.fromEntries(
    Object.keys(inputs).map((name, index) => [name, Float64Array.from(spaced.splice(0, sizes[index] ?? 0))]),
  );
}

function shuffled(values: number[], random: Random): number[] {
  return values
    .map((value) => [random(), value] as const)
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);
}

/** The tensor of an input, in the type of a model. */
export function tensorFor(values: Float64Array, type: number, shape: readonly number[]): ort.Tensor {
  if (type === ElementType.double) return new ort.Tensor("float64", values, [...shape]);
  return new ort.Tensor("float32", Float32Array.from(values), [...shape]);
}

/** The weights of y's numbers in the followed sum. */
export function seedFor(size: number): Float64Array {
  const random = seeded(11);
  return Float64Array.from({ length: size }, () => random() + 0.25);
}

/** Σ seed · y differentiated by every number of every input: in fp64 where the operator has it, else in fp32. */
export async function differences(
  item: GradientCase,
): Promise<{ readonly gradients: Numbers; readonly y: readonly number[] }> {
  const nodes = item.smooth ?? item.nodes;
  const open = (type: number) =>
    ort.InferenceSession.create(writeOnnx(modelOfCase(item, type, "sizes", nodes)), OPTIONS);
  const fine = item.nodes.some(({ op }) => op === "Cast")
    ? undefined
    : await open(ElementType.double).catch(() => undefined);
  const session = fine ?? (await open(ElementType.float));
  const type = fine === undefined ? ElementType.float : ElementType.double;
  const distance = fine === undefined ? item.distance : 1e-5;
  try {
    return await differencesOf(item, session, type, distance);
  } finally {
    await session.release();
  }
}

async function differencesOf(item: GradientCase, session: ort.InferenceSession, type: number, distance: number) {
  const numbers = numbersFor(item);
  const runWith = async (changed: Numbers): Promise<ort.Tensor> => {
    const feeds = Object.entries(item.inputs).map(([name, shape]) => {
      return [name, tensorFor(changed[name] ?? new Float64Array(), type, shape)] as const;
    });
    const { y } = await session.run(Object.fromEntries(feeds.filter(([name]) => session.inputNames.includes(name))));
    if (y === undefined) throw new Error("no y");
    return y;
  };
  const start = await runWith(numbers);
  const seed = seedFor(start.size);
  const followed = async (changed: Numbers): Promise<number> => {
    const data = Array.from((await runWith(changed)).data as Float32Array | Float64Array);
    return data.reduce((sum, value, index) => sum + value * (seed[index] ?? 0), 0);
  };
  const gradients: Record<string, Float64Array> = {};
  for (const [name, values] of Object.entries(numbers)) {
    const gradient = new Float64Array(values.length);
    for (const index of values.keys()) {
      const moved = (by: number): Numbers => ({ ...numbers, [name]: values.map((v, i) => (i === index ? v + by : v)) });
      gradient[index] = ((await followed(moved(distance))) - (await followed(moved(-distance)))) / (2 * distance);
    }
    gradients[name] = gradient;
  }
  return { gradients, y: start.dims };
}
