/** The lookup of embeddings by itself. */
import { intAttribute } from "../attributes.ts";
import type { Parts } from "../find/parts.ts";
import { ElementType, makeNode, makeValue, type OnnxModel } from "../graph.ts";
import { tidied } from "./tidy.ts";

/** The output of `lookupAlone`. */
export const ROWS = "rows";

/** The graph from token ids to the looked-up rows, `rows` `[B, T, D]` in fp32, and nothing else. */
export function lookupAlone(model: OnnxModel, { embedding }: Pick<Parts, "embedding">): OnnxModel {
  const { graph } = model;
  const toFloat = { attributes: new Map([intAttribute("to", ElementType.float)]) };
  return {
    ...model,
    graph: tidied({
      ...graph,
      nodes: [...graph.nodes, makeNode("Cast", [embedding.output], [ROWS], toFloat)],
      outputs: [makeValue(ROWS, ElementType.float)],
    }),
  };
}
