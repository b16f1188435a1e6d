/** Inner tensors as outputs. */
import { intAttribute, intsAttribute } from "../attributes.ts";
import type { Parts } from "../find/parts.ts";
import { ElementType, makeNode, makeValue, type Node, type OnnxModel, type Value } from "../graph.ts";
import { tidied } from "./tidy.ts";

/** Which inner tensors become outputs. */
export interface Wanted {
  /** `attention.<kind>.<layer>`, `[B, H, Q, K]`. */
  readonly attention?: boolean;
  /** `hidden.<stack>.<index>`, `[B, T, D]`; 0 is the embedding, the last is after the final norm. */
  readonly hidden?: boolean;
  /** `q.`, `k.` and `v.<kind>.<layer>`, `[B, H, T, d]`, as the score product reads them (scaled where the file scales first). */
  readonly qkv?: boolean;
  /** `mixed.<kind>.<layer>`, `[B, H, Q, d]`: what each head gives, before a gate. */
  readonly mixed?: boolean;
}

/** Adds the wanted tensors as outputs of element type fp32, whatever the graph computes in; the others stay as they are. */
export function tap(model: OnnxModel, parts: Parts, wanted: Wanted): OnnxModel {
  const nodes: Node[] = [];
  const outputs: Value[] = [];
  const addOutput = (tensor: string, name: string): void => {
    nodes.push(makeNode("Cast", [tensor], [name], { attributes: new Map([intAttribute("to", ElementType.float)]) }));
    outputs.push(makeValue(name, ElementType.float));
  };
  const addTransposed = (tensor: string, permutation: readonly number[], name: string): void => {
    const attributes = new Map([intsAttribute("perm", permutation)]);
    nodes.push(makeNode("Transpose", [tensor], [`${name}/transposed`], { attributes }));
    addOutput(`${name}/transposed`, name);
  };

  for (const part of parts.attentions) {
    const label = `${part.kind}.${part.layer}`;
    if (wanted.attention) addOutput(part.probabilities, `attention.${label}`);
    if (wanted.mixed) addOutput(part.mixed, `mixed.${label}`);
    if (wanted.qkv) {
      addOutput(part.query, `q.${label}`);
      addTransposed(part.key, [0, 1, 3, 2], `k.${label}`);
      addOutput(part.value, `v.${label}`);
    }
  }
  if (wanted.hidden) {
    for (const [index, tensor] of parts.hidden.entries()) addOutput(tensor, `hidden.${parts.stack}.${index}`);
  }
  const graph = model.graph;
  return {
    ...model,
    graph: tidied({ ...graph, nodes: [...graph.nodes, ...nodes], outputs: [...graph.outputs, ...outputs] }),
  };
}
