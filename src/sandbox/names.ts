/** The names that a reader's code finds in reach, with what the editor says of each. */

/** One name, as the completion list shows it. */
export interface NameHelp {
  readonly detail: string;
  readonly info: string;
}

/** Every name; the sandbox puts a value under each. */
export const NAMES = {
  model: { detail: "{ name, layers, heads }", info: "The model that made this run." },
  tokens: {
    detail: "{ source, written, read }",
    info: "The tokens: of the source, as the decoder writes them, as it reads them. Each has text, piece, id, word.",
  },
  attention: {
    detail: "{ encoder, decoder, cross }",
    info: "attention.cross[layer][head][query][key], counted from 0. Rows sum to 1.",
  },
  roles: { detail: "{ role, kind, scores }[]", info: "How strongly each head plays each role: scores[layer][head]." },
  gold: {
    detail: "number[][] | null",
    info: "For each word of the target the right words of the source, counted from 0; null where nobody wrote them down.",
  },
  embedding: {
    detail: "{ source, target }",
    info: "embedding.source[token] is the list of numbers that the model looks up for a token; null where the page takes no gradient.",
  },
  gradient: {
    detail: "{ source, target }",
    info: "gradient.source[token][i]: how fast the explained output climbs along number i of that token’s embedding.",
  },
  attribute: {
    detail: "(method, options)",
    info: 'Asks the live model: await attribute("integrated-gradients", { steps: 32 }). Gives source, target, value, baseline.',
  },
  print: { detail: "(...values)", info: "Shows values; lists become tables." },
  plot: {
    detail: "(values, { kind, labels, rows, title })",
    info: 'Draws numbers: "bars", "line", or for a list of lists "matrix".',
  },
  console: { detail: "console.log", info: "The same as print." },
  entropy: { detail: "(row or matrix)", info: "How spread out a row is, in nats; 0 is all on one token." },
  distance: { detail: "(matrix)", info: "For each row, how many tokens away it looks on average." },
  specialWeight: { detail: "(matrix, tokens)", info: "For each row, its weight on special tokens." },
  argmax: { detail: "(numbers)", info: "The place of the largest number, counted from 0." },
  mean: { detail: "(numbers)", info: "The mean." },
  spearman: { detail: "(a, b)", info: "Rank correlation of two lists, from −1 to 1." },
  wordsOf: { detail: "(tokens)", info: "The words that tokens make up: text, start, end." },
  byWord: {
    detail: "(cross[layer][head])",
    info: "Cross-attention between words: a row for each word of the target; the sentence's words first in its columns, behind them instruction and end.",
  },
  alignmentAgreement: {
    detail: "(cross[layer][head])",
    info: "The share of words whose largest weight lies on a right word.",
  },
} as const satisfies Readonly<Record<string, NameHelp>>;

export type CellName = keyof typeof NAMES;

export const CELL_NAMES = Object.keys(NAMES) as CellName[];
