/**
 * What a head does, measured: the share of its attention that lies on the cells which a role names.
 *
 * A cell is a query row and a key column. For every role the same rows can count: those of the sentence itself. Rows of the
 * instruction and of special tokens are left out, and so is a row in which the role names no cell. In encoder and decoder
 * a row belongs to the token that is read there; in cross-attention to the token that is written from it.
 */
import type { Alignment, AttentionKind, Role, RoleScores, Tensor, Token } from "../model.ts";
import { alignmentScore } from "./alignment.ts";
import { type Block, type BlockInput, blocksOf, isOrdinary, isSelf } from "./blocks.ts";
import { sizesOf } from "./sizes.ts";

/** What role scores need of a trace. */
export type RoleInput = BlockInput;

/** One attention with its tokens, as a rule sees it. */
interface View extends Block {
  /** Queries and keys are the same tokens. */
  readonly self: boolean;
  /** For each key, whether it is only punctuation, outside the instruction. */
  readonly marks: readonly boolean[];
}

/** A role: the kinds of attention that can play it, and whether it names a cell. */
interface Rule {
  readonly kinds: readonly AttentionKind[];
  readonly names: (query: number, key: number, view: View) => boolean;
}

const SELF: readonly AttentionKind[] = ["encoder", "decoder"];
const SOURCE: readonly AttentionKind[] = ["encoder", "cross"];
const ALL: readonly AttentionKind[] = ["encoder", "decoder", "cross"];

/** Every role that is a set of cells; a score is the mean, over the rows that count, of the attention on its cells. */
const ROLES: Readonly<Record<Exclude<Role, "alignment">, Rule>> = {
  /** The token just before. */
  previous: { kinds: SELF, names: (query, key) => key === query - 1 },
  /** The token just after; a decoder, which sees no later token, has no such cell. */
  next: { kinds: SELF, names: (query, key) => key === query + 1 },
  /** The token itself. */
  same: { kinds: SELF, names: (query, key) => key === query },
  /** An earlier occurrence of the same token (Wang et al. 2022, "Interpretability in the Wild": duplicate-token heads). */
  duplicate: { kinds: SELF, names: (query, key, { keys }) => key < query && keys[key]?.id === keys[query]?.id },
  /**
   * The token after an earlier occurrence of this one, itself left out (Olsson et al. 2022, "In-context Learning and Induction
   * Heads": prefix matching).
   */
  induction: { kinds: SELF, names: (query, key, { keys }) => key < query && keys[key - 1]?.id === keys[query]?.id },
  /** The first token of all, from every other: `[CLS]` in BERT, the start token in T5's decoder. */
  first: { kinds: ALL, names: (query, key, { self }) => key === 0 && !(self && query === 0) },
  /** The special token that closes the source: `</s>`, `[SEP]`. */
  end: { kinds: SOURCE, names: (_, key, { keys }) => key === keys.length - 1 && keys[key]?.special === true },
  /** All tokens of the instruction. */
  instruction: { kinds: SOURCE, names: (_, key, { keys }) => keys[key]?.instruction === true },
  /** Tokens that are only punctuation, the instruction's left out; in self-attention also the token itself. */
  punctuation: {
    kinds: ALL,
    names: (query, key, { marks, self }) => marks[key] === true && !(self && query === key),
  },
};

function isMark(token: Token): boolean {
  return !token.instruction && /^\p{P}+$/u.test(token.text);
}

/**
 * Scores every head for every role that the text allows: a role of which no row has a cell is left out. `alignment` is
 * added for cross-attention where gold is given and judges a word at least (see `alignment.ts` for its definition).
 */
export function scoreRoles(trace: RoleInput, gold?: Alignment): RoleScores[] {
  const scores = blocksOf(trace).flatMap(scoreBlock);
  if (gold === undefined || trace.target === null) return scores;
  const { values, words } = alignmentScore(trace.attention.cross, trace.target.written, trace.source.tokens, gold);
  return words === 0 ? scores : [...scores, { role: "alignment", kind: "cross", values, rows: words }];
}

function scoreBlock(block: Block): RoleScores[] {
  const { kind, attention } = block;
  const { queries, keys } = sizesOf(attention);
  if (queries !== block.queries.length || keys !== block.keys.length) {
    throw new RangeError(
      `${kind}: attention of ${queries} queries and ${keys} keys for ${block.queries.length} and ${block.keys.length} tokens`,
    );
  }
  const view: View = { ...block, self: isSelf(block), marks: block.keys.map(isMark) };
  const scores: RoleScores[] = [];
  for (const role of Object.keys(ROLES) as (keyof typeof ROLES)[]) {
    const rule = ROLES[role];
    if (!rule.kinds.includes(kind)) continue;
    const { cells, rows } = cellsOf(rule, view);
    if (rows > 0) scores.push({ role, kind, rows, values: meanMass(attention, cells, rows) });
  }
  return scores;
}

/** The cells of a role as places in one head's matrix, and how many rows they lie in. */
function cellsOf(rule: Rule, view: View): { readonly cells: readonly number[]; readonly rows: number } {
  const cells: number[] = [];
  let rows = 0;
  for (const [query, token] of view.queries.entries()) {
    if (!isOrdinary(token)) continue;
    const before = cells.length;
    const visible = view.kind === "decoder" ? query + 1 : view.keys.length;
    for (let key = 0; key < visible; key++) {
      if (rule.names(query, key, view)) cells.push(query * view.keys.length + key);
    }
    if (cells.length > before) rows += 1;
  }
  return { cells, rows };
}

/** The sum over the cells, for each head, shared out over the rows: `[layer, head]`. */
function meanMass(attention: Tensor, cells: readonly number[], rows: number): Tensor {
  const { layers, heads, queries, keys } = sizesOf(attention);
  const data = new Float32Array(layers * heads);
  for (let head = 0; head < data.length; head++) {
    const start = head * queries * keys;
    let sum = 0;
    for (const cell of cells) sum += attention.data[start + cell] ?? 0;
    data[head] = sum / rows;
  }
  return { data, shape: [layers, heads] };
}
