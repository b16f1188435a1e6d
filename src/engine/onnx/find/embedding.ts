/** The lookup of token embeddings: where a run's ids become rows of numbers. */
import { ElementType, type Node } from "../graph.ts";
import { notFound } from "./fail.ts";
import { climb, type Wiring } from "./wiring.ts";

/** The lookup of token embeddings. */
export interface EmbeddingPart {
  /** The table's name, as the lookup reads it, `[V, D]`. */
  readonly table: string;
  /** The graph input that holds the token ids. */
  readonly ids: string;
  /** The looked-up rows, `[B, T, D]`. */
  readonly output: string;
  /** The nodes between ids and rows that a cut takes away. */
  readonly nodes: readonly Node[];
}

const LOOKUPS = new Set(["Gather", "GatherBlockQuantized"]);
const ID_CHANGES = new Set(["Cast", "Flatten", "Identity", "Reshape", "Squeeze", "Unsqueeze"]);
const DEQUANTISES = new Set(["DequantizeLinear"]);
/** Operators that make numbers of codes where that is written out: (code − zero) × scale, block by block. */
const BY_HAND = new Set([...DEQUANTISES, "Cast", "Mul", "Reshape", "Sub", "Unsqueeze"]);
/** Inputs that are looked up too, in tables of their own. */
const OTHER_IDS = /mask|type|position/;

/**
 * Finds the lookup: a constant table read at ids that come straight from a graph input. Where there are several, an input
 * named `input_ids` goes first, then the table with most rows. Throws `FailureError("graph")` when there is none.
 */
export function findEmbedding(wiring: Wiring): EmbeddingPart {
  const inputs = new Set(wiring.graph.inputs.map((input) => input.name));
  const found = wiring.nodes.flatMap((node) => {
    const [table = "", indices = ""] = node.inputs;
    if (!LOOKUPS.has(node.op) || !wiring.constants.has(table)) return [];
    const ids = climb(wiring, indices, ID_CHANGES);
    return inputs.has(ids) && !OTHER_IDS.test(ids) ? [{ node, table, ids, rows: rowsOf(wiring, table) }] : [];
  });
  const named = found.filter((lookup) => /input_ids$/.test(lookup.ids));
  const best = (named.length > 0 ? named : found).sort((a, b) => b.rows - a.rows)[0];
  if (best === undefined) throw notFound("no table of token embeddings is read at the token ids.");
  return { table: best.table, ids: best.ids, ...rowsAsNumbers(wiring, best.node) };
}

/** Rows of a table, or of the weight it is computed from. */
function rowsOf(wiring: Wiring, table: string): number {
  const weight = wiring.graph.initializers.get(table);
  if (weight !== undefined) return weight.shape[0] ?? 0;
  const sources = wiring.producers.get(table)?.inputs ?? [];
  return Math.max(0, ...sources.map((source) => rowsOf(wiring, source)));
}

/** A quantised table is looked up first and dequantised after: the rows as numbers come out of the last of these nodes. */
function rowsAsNumbers(wiring: Wiring, lookup: Node): Pick<EmbeddingPart, "output" | "nodes"> {
  const through = isOfCodes(wiring, lookup.inputs[0] ?? "") ? BY_HAND : DEQUANTISES;
  const nodes = [lookup];
  let output = lookup.outputs[0] ?? "";
  for (;;) {
    const [reader, second] = wiring.readings.get(output) ?? [];
    if (reader === undefined || second !== undefined || !through.has(reader.node.op)) return { output, nodes };
    nodes.push(reader.node);
    output = reader.node.outputs[0] ?? "";
  }
}

/** Whether a table holds whole numbers, which are no embeddings yet. */
function isOfCodes(wiring: Wiring, table: string): boolean {
  const elementType = wiring.graph.initializers.get(table)?.elementType;
  return elementType === ElementType.uint8 || elementType === ElementType.int8;
}
