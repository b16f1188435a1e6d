/** Inner tensors as outputs. */
import { intAttribute, intsAttribute } from "../attributes.ts";
import { notFound } from "../find/fail.ts";
import type { AttentionPart, Parts } from "../find/parts.ts";
import type { Factor, Scales } from "../find/scales.ts";
import { ElementType, makeNode, makeValue, type Node, type OnnxModel, type Value } from "../graph.ts";
import { floatTensor, wholeTensor } from "../tensors.ts";
import { tidied } from "./tidy.ts";

/** Which inner tensors become outputs. */
export interface Wanted {
  /** `attention.<kind>.<layer>`, `[B, H, Q, K]`. */
  readonly attention?: boolean;
  /** `embeddings.<stack>`, the looked-up rows, `[B, T, D]`. */
  readonly embeddings?: boolean;
  /** `hidden.<stack>.<index>`, `[B, T, D]`; 0 is the embedding, the last is after the final norm. */
  readonly hidden?: boolean;
  /**
   * `q.`, `k.` and `v.<kind>.<layer>`, `[B, H, T, d]`, q and k not scaled but rotated where the model rotates, and
   * `scale.<kind>.<layer>`, `[1]`: what the model multiplies their dot product by, wherever it does so.
   */
  readonly qkv?: boolean;
  /** `scores.<kind>.<layer>`, `[B, H, Q, K]`: what the softmax reads, scaled, bias and mask added. */
  readonly scores?: boolean;
  /** `mixed.<kind>.<layer>`, `[B, H, Q, d]`: what each head gives, before a gate. */
  readonly mixed?: boolean;
}

/** Nodes to add, and the outputs that they make. */
interface Added {
  readonly nodes: readonly Node[];
  readonly outputs: readonly Value[];
}

const ONE = "scale/one";
const SINGLE = "scale/shape";

/**
 * Adds the wanted tensors as outputs of element type fp32, whatever the graph computes in; the others stay as they are.
 * Goes after `gateHeads`. Throws `FailureError("graph")` where q and k are wanted and the graph hides how it scales them.
 */
export function tap(model: OnnxModel, parts: Parts, wanted: Wanted): OnnxModel {
  const { graph } = model;
  const hidden = wanted.hidden ? parts.hidden : [];
  const added = [
    ...parts.attentions.map((part) => tapsOf(part, wanted)),
    ...(wanted.embeddings ? [output(parts.embedding.output, `embeddings.${parts.stack}`)] : []),
    ...hidden.map((tensor, index) => output(tensor, `hidden.${parts.stack}.${index}`)),
  ];
  const constants = [floatTensor(ONE, [1]), wholeTensor(SINGLE, [1])];
  return {
    ...model,
    graph: tidied({
      ...graph,
      nodes: [...graph.nodes, ...added.flatMap(({ nodes }) => nodes)],
      outputs: [...graph.outputs, ...added.flatMap(({ outputs }) => outputs)],
      initializers: new Map([...graph.initializers, ...constants.map((tensor) => [tensor.name, tensor] as const)]),
    }),
  };
}

function tapsOf(part: AttentionPart, wanted: Wanted): Added {
  const label = `${part.kind}.${part.layer}`;
  return joined([
    wanted.attention && output(part.probabilities, `attention.${label}`),
    wanted.qkv && insideOf(part, label),
    wanted.scores && output(part.scores, `scores.${label}`),
    wanted.mixed && output(part.mixed, `mixed.${label}`),
  ]);
}

function insideOf(part: AttentionPart, label: string): Added {
  const scales = part.scales ?? refuse(part);
  return joined([
    unscaled(part.query, scales.query, `q.${label}`),
    transposed(part.key, `k.${label}/transposed`),
    unscaled(`k.${label}/transposed`, scales.key, `k.${label}`),
    output(part.value, `v.${label}`),
    total(scales, `scale.${label}`),
  ]);
}

function refuse({ kind, layer }: AttentionPart): never {
  throw notFound(`how layer ${layer} (counted from 0), attention of kind ${kind}, scales its scores does not show.`);
}

/** The tensor as fp32. */
function output(tensor: string, name: string): Added {
  return { nodes: [cast(tensor, name)], outputs: [makeValue(name, ElementType.float)] };
}

/** Keys as `[B, H, T, d]`, as queries are. */
function transposed(tensor: string, name: string): Added {
  const attributes = new Map([intsAttribute("perm", [0, 1, 3, 2])]);
  return { nodes: [makeNode("Transpose", [tensor], [name], { attributes })], outputs: [] };
}

/** The tensor as it was before its factors. */
function unscaled(tensor: string, factors: readonly Factor[], name: string): Added {
  if (factors.length === 0) return output(tensor, name);
  const nodes = [
    ...product(factors, `${name}/scale`),
    cast(tensor, `${name}/scaled`),
    makeNode("Div", [`${name}/scaled`, `${name}/scale`], [name]),
  ];
  return { nodes, outputs: [makeValue(name, ElementType.float)] };
}

function total({ query, key, after }: Scales, name: string): Added {
  return { nodes: product([...query, ...key, ...after], name), outputs: [makeValue(name, ElementType.float)] };
}

/** All factors in one number, `[1]`. */
function product(factors: readonly Factor[], name: string): Node[] {
  let sofar = ONE;
  const nodes = factors.flatMap(({ tensor, divides }, index) => {
    const [before, number, next] = [sofar, `${name}/${index}`, `${name}/${index}/product`];
    sofar = next;
    return [cast(tensor, number), makeNode(divides ? "Div" : "Mul", [before, number], [next])];
  });
  return [...nodes, makeNode("Reshape", [sofar, SINGLE], [name])];
}

function cast(tensor: string, name: string): Node {
  return makeNode("Cast", [tensor], [name], { attributes: new Map([intAttribute("to", ElementType.float)]) });
}

function joined(parts: readonly (Added | false | undefined)[]): Added {
  const present = parts.filter((part) => typeof part === "object");
  return {
    nodes: present.flatMap(({ nodes }) => nodes),
    outputs: present.flatMap(({ outputs }) => outputs),
  };
}
