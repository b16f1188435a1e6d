/** Switches on heads. */
import type { AttentionKind } from "../../model.ts";
import { intAttribute } from "../attributes.ts";
import { notFound } from "../find/fail.ts";
import type { AttentionPart, Parts } from "../find/parts.ts";
import { elementTypeOf, rankOf } from "../find/types.ts";
import { type Wiring, wire } from "../find/wiring.ts";
import { ElementType, type Initializer, makeNode, makeValue, type Node, type OnnxModel, type Value } from "../graph.ts";
import { floatTensor, wholeTensor } from "../tensors.ts";
import { tidied } from "./tidy.ts";

const ONE = "gate/one";
const GATE_SHAPE = "gate/shape";
const FILL_SHAPE = "fill/shape";

/**
 * Gives each kind of attention two inputs of fp32, `gate.<kind>` `[B or 1, L, H]` and `fill.<kind>` `[L, H, d]`, and puts
 * z × gate + fill × (1 − gate) in the place of each head's output z. A gate of 1 changes no number (z × 1 + 0), whatever
 * the fill; a gate of 0 leaves the fill alone, which may be zeros or the head's mean.
 *
 * Goes before `tap`, whose `mixed` is then z itself. Throws `FailureError("graph")` where heads have no axis of their own.
 */
export function gateHeads(model: OnnxModel, parts: Parts): OnnxModel {
  const { graph } = model;
  const wiring = wire(graph);
  for (const part of parts.attentions) requireHeadAxis(wiring, part);
  const kinds = [...new Set(parts.attentions.map((part) => part.kind))];
  const layers = [...new Set(parts.attentions.map((part) => part.layer))];
  const gated = new Map(parts.attentions.map(({ mixed }) => [mixed, `${mixed}/gated`]));
  const constants = [
    floatTensor(ONE, [1], []),
    wholeTensor(GATE_SHAPE, [0, 0, 0, 1, 1]),
    wholeTensor(FILL_SHAPE, [0, 0, 1, -1]),
    ...layers.map((layer) => wholeTensor(layerName(layer), [layer], [])),
  ];
  return {
    ...model,
    graph: tidied({
      ...graph,
      inputs: [...graph.inputs, ...kinds.flatMap((kind) => inputsOf(kind, parts.layers))],
      initializers: new Map([...graph.initializers, ...constants.map(named)]),
      nodes: [
        ...graph.nodes.map((node) => rerouted(node, gated)),
        ...kinds.flatMap((kind) => switchesOf(kind, elementTypeIn(wiring, parts, kind))),
        ...parts.attentions.flatMap(gateOf),
      ],
    }),
  };
}

function requireHeadAxis(wiring: Wiring, { kind, layer, mixed }: AttentionPart): void {
  const rank = rankOf(wiring, mixed);
  if (rank === undefined || rank === 4) return;
  const place = `layer ${layer} (counted from 0), attention of kind ${kind}`;
  throw notFound(`${place}: its heads have no axis of their own, "${mixed}" has ${rank} axes where 4 were expected.`);
}

function inputsOf(kind: AttentionKind, layers: number): Value[] {
  const heads = `heads of ${kind}`;
  return [
    makeValue(`gate.${kind}`, ElementType.float, [`1 or batch of ${kind}`, layers, heads]),
    makeValue(`fill.${kind}`, ElementType.float, [layers, heads, `head width of ${kind}`]),
  ];
}

/** The gate as `[B, L, H, 1, 1]` and fill × (1 − gate) as `[B, L, H, 1, d]`, once for all layers, in the graph's element type. */
function switchesOf(kind: AttentionKind, elementType: number): Node[] {
  const [gate, fill] = [`gate.${kind}`, `fill.${kind}`];
  const to = { attributes: new Map([intAttribute("to", elementType)]) };
  return [
    makeNode("Reshape", [gate, GATE_SHAPE], [`${gate}/axes`]),
    makeNode("Reshape", [fill, FILL_SHAPE], [`${fill}/axes`]),
    makeNode("Sub", [ONE, `${gate}/axes`], [`${gate}/rest`]),
    makeNode("Mul", [`${fill}/axes`, `${gate}/rest`], [`${fill}/part`]),
    makeNode("Cast", [`${gate}/axes`], [`${gate}/typed`], to),
    makeNode("Cast", [`${fill}/part`], [`${fill}/typed`], to),
  ];
}

function gateOf({ kind, layer, mixed }: AttentionPart): Node[] {
  const at = layerName(layer);
  const ofLayer = { attributes: new Map([intAttribute("axis", 1)]) };
  return [
    makeNode("Gather", [`gate.${kind}/typed`, at], [`${mixed}/gate`], ofLayer),
    makeNode("Gather", [`fill.${kind}/typed`, at], [`${mixed}/fill`], ofLayer),
    makeNode("Mul", [mixed, `${mixed}/gate`], [`${mixed}/kept`]),
    makeNode("Add", [`${mixed}/kept`, `${mixed}/fill`], [`${mixed}/gated`]),
  ];
}

function elementTypeIn(wiring: Wiring, { attentions }: Parts, kind: AttentionKind): number {
  const part = attentions.find((attention) => attention.kind === kind);
  return elementTypeOf(wiring, part?.mixed ?? "") ?? ElementType.float;
}

function rerouted(node: Node, names: ReadonlyMap<string, string>): Node {
  if (!node.inputs.some((name) => names.has(name))) return node;
  return { ...node, inputs: node.inputs.map((name) => names.get(name) ?? name) };
}

function layerName(layer: number): string {
  return `gate/layer.${layer}`;
}

function named(tensor: Initializer): [string, Initializer] {
  return [tensor.name, tensor];
}
