/** Random weights in the place of learned ones. */
import { normal, type Random } from "../../../lib/random.ts";
import type { Parts } from "../find/parts.ts";
import { wire } from "../find/wiring.ts";
import { ElementType, type Graph, type Initializer, type OnnxModel } from "../graph.ts";
import { halfToNumber, numberToHalf } from "../half.ts";
import { namesRead } from "../names.ts";
import { tidied } from "./tidy.ts";

/** How numbers of an element type stand in raw bytes. */
interface Codec {
  readonly bytes: number;
  read(view: DataView, at: number): number;
  write(view: DataView, at: number, value: number): void;
}

const CODECS: Readonly<Record<number, Codec>> = {
  [ElementType.float]: {
    bytes: 4,
    read: (view, at) => view.getFloat32(at, true),
    write: (view, at, value) => view.setFloat32(at, value, true),
  },
  [ElementType.float16]: {
    bytes: 2,
    read: (view, at) => halfToNumber(view.getUint16(at, true)),
    write: (view, at, value) => view.setUint16(at, numberToHalf(value), true),
  },
  [ElementType.int8]: {
    bytes: 1,
    read: (view, at) => view.getInt8(at),
    write: (view, at, value) => view.setInt8(at, Math.max(-127, Math.min(127, Math.round(value)))),
  },
};

/**
 * Draws the weight matrices of the top `layers` layers and of what follows the last one anew: normal, around 0, as spread as
 * the learned ones. Of int8 weights the codes are drawn and the scales stay; vectors (norms, biases, scales) stay. What
 * lower layers read too keeps its numbers for them, such as a table that is both embedding and output. No layer: no change.
 */
export function randomise(model: OnnxModel, parts: Parts, layers: number, random: Random): OnnxModel {
  if (layers === 0) return model;
  const { graph } = separated(model, parts, layers);
  const own = above(graph, parts, layers);
  const initializers = Array.from(graph.initializers, ([name, tensor]): [string, Initializer] => [
    name,
    own.has(name) && isMatrix(tensor) ? redrawn(tensor, random) : tensor,
  ]);
  return { ...model, graph: { ...graph, initializers: new Map(initializers) } };
}

/** The graph in which the upper layers read weights of their own; those that lower ones read too are there twice. */
function separated(model: OnnxModel, parts: Parts, layers: number): OnnxModel {
  const { graph } = model;
  const { constants, producers } = wire(graph);
  const upper = above(graph, parts, layers);
  const shared = new Set<string>();
  const open = graph.nodes.filter((node) => node.outputs.some((name) => upper.has(name))).flatMap(namesRead);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (upper.has(name) || shared.has(name) || !constants.has(name)) continue;
    shared.add(name);
    open.push(...(producers.get(name)?.inputs ?? []));
  }
  const names = new Map([...shared].filter((name) => name !== "").map((name) => [name, `${name}/upper`]));
  const other = (name: string): string => names.get(name) ?? name;
  const copies = graph.nodes
    .filter((node) => node.outputs.some((name) => names.has(name)))
    .map((node) => ({ ...node, inputs: node.inputs.map(other), outputs: node.outputs.map(other) }));
  const weights = [...graph.initializers].filter(([name]) => names.has(name));
  return {
    ...model,
    graph: tidied({
      ...graph,
      nodes: [
        ...copies,
        ...graph.nodes.map((node) =>
          node.outputs.some((name) => upper.has(name)) ? { ...node, inputs: node.inputs.map(other) } : node,
        ),
      ],
      initializers: new Map([
        ...graph.initializers,
        ...weights.map(([name, tensor]) => [other(name), { ...tensor, name: other(name) }] as const),
      ]),
    }),
  };
}

/** Names of all that the output needs and the hidden state under the top layers does not. */
function above(graph: Graph, parts: Parts, layers: number): Set<string> {
  const { producers } = wire(graph);
  const needed = (from: string): Set<string> => {
    const names = new Set<string>();
    const open = [from];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (names.has(name)) continue;
      names.add(name);
      const node = producers.get(name);
      if (node !== undefined) open.push(...namesRead(node));
    }
    return names;
  };
  const below = needed(parts.hidden[Math.max(0, parts.layers - layers)] ?? parts.sink);
  return new Set([...needed(parts.sink)].filter((name) => !below.has(name)));
}

function isMatrix({ shape, elementType, raw }: Initializer): boolean {
  return raw !== undefined && CODECS[elementType] !== undefined && shape.filter((length) => length > 1).length > 1;
}

function redrawn(tensor: Initializer, random: Random): Initializer {
  const codec = CODECS[tensor.elementType];
  if (codec === undefined || tensor.raw === undefined) return tensor;
  const { raw } = tensor;
  const count = raw.byteLength / codec.bytes;
  const spread = deviation(new DataView(raw.buffer, raw.byteOffset, raw.byteLength), codec, count);
  const drawn = new Uint8Array(raw.byteLength);
  const view = new DataView(drawn.buffer);
  for (let index = 0; index < count; index += 1) codec.write(view, index * codec.bytes, normal(random) * spread);
  return { ...tensor, raw: drawn };
}

function deviation(view: DataView, { bytes, read }: Codec, count: number): number {
  let sum = 0;
  let squares = 0;
  for (let index = 0; index < count; index += 1) {
    const value = read(view, index * bytes);
    sum += value;
    squares += value * value;
  }
  const mean = sum / count;
  return Math.sqrt(Math.max(0, squares / count - mean * mean));
}
