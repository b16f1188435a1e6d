/**
 * Facts for the prose: every number and every claim about the model that a page states, computed from the stored runs,
 * the model's files and its card. `npm run facts` writes `src/stored/facts.json`; `<Fact name="…" />` shows an entry;
 * `tests/unit/content/facts.test.ts` fails when an entry is stale, missing, unused, or no longer holds.
 */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AttentionKind, HeadRef, Role, Token, Trace } from "../src/engine/model.ts";
import { listText } from "../src/lib/format.ts";
import { EXAMPLES } from "../src/stored/examples.ts";
import { decodeTrace, type StoredTrace } from "../src/stored/format.ts";
import { aboutKinds } from "./facts-kinds.ts";
import { aboutScore } from "./facts-score.ts";

/** What a page shows, and whether the sentences that use it still hold; left out where any value will do. */
export interface Fact {
  readonly text: string;
  readonly holds?: boolean;
}

const ROOT = new URL("../", import.meta.url);
const MODEL = "public/models/translator-en-fr/";

/** The builds of the runtime that the site serves; a browser gets one of them. */
const RUNTIMES = ["", ".jspi", ".asyncify"].map(
  (build) => `node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded${build}.wasm`,
);

const read = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, ROOT), "utf8")) as T;
const run = (id: string): Trace => decodeTrace(read<StoredTrace>(`src/stored/${id}.json`));

/** All facts, by name. */
export function computeFacts(): Record<string, Fact> {
  return { ...aboutModel(), ...aboutCard(), ...aboutDog(run("brown-dog")), ...aboutKinds(read), ...aboutScore(read) };
}

/** Sizes, as the model's own files state them. */
function aboutModel(): Record<string, Fact> {
  const { info } = read<{ info: Info }>("src/stored/translator-en-fr.json");
  const { totalBytes } = read<{ totalBytes: number }>(`${MODEL}manifest.json`);
  const { max_new_tokens: longest } = read<{ max_new_tokens: number }>(`${MODEL}generation_config.json`);
  const { encoder, decoder } = info.layers;
  const runtimes = RUNTIMES.map((path) => statSync(new URL(path, ROOT)).size);
  return {
    "model.parameters": { text: `${(info.parameters / 1e6).toFixed(1)} million` },
    "model.layers": { text: count(encoder), holds: encoder === decoder },
    "model.heads": { text: count(info.heads) },
    "model.all-heads": { text: String((encoder + 2 * decoder) * info.heads) },
    "model.width": { text: String(info.width) },
    "model.head-width": { text: String(info.headWidth) },
    "model.longest": { text: String(longest) },
    "model.vocabulary": { text: info.vocabulary.toLocaleString("en") },
    "download.model": { text: megabytes(totalBytes), holds: totalBytes <= 12e6 },
    "download.runtime": { text: `${megabytes(Math.min(...runtimes))} to ${megabytes(Math.max(...runtimes))}` },
  };
}

/** What the model's evaluation measured. */
function aboutCard(): Record<string, Fact> {
  const card = read<Card>(`${MODEL}card.json`);
  const value = (figure: string): number => card.figures[figure]?.value ?? Number.NaN;
  const taught = value("attention_grammar");
  const diagonal = value("attention_grammar_diagonal");
  const exact = value("tatoeba_exact");
  const garbled = card.samples.find(({ english }) => english === "He hastily packed his bags.");
  return {
    "card.revision": { text: card.revision.slice(0, 8) },
    "card.licence": { text: card.licence },
    "card.attribution": { text: card.attribution },
    "card.minutes": { text: String(card.training.minutes) },
    "card.tokens": { text: `${(card.training.tokens / 1e6).toFixed(0)} million` },
    "card.taught-grammar": { text: percent(taught), holds: taught > diagonal },
    "card.mean-grammar": { text: percent(value("attention_grammar_mean_of_heads")) },
    "card.diagonal-grammar": { text: percent(diagonal) },
    "card.taught-names": { text: percent(value("attention_names")) },
    "card.diagonal-names": { text: percent(value("attention_names_diagonal")) },
    "card.exact": { text: percent(exact), holds: exact < 0.5 },
    "card.exact-items": { text: card.figures.tatoeba_exact?.n.toLocaleString("en") ?? "" },
    "card.garbled": { text: garbled?.answer ?? "", holds: garbled?.answer === "Il n'a pas de sa flication." },
    "card.probes-right": { text: String(value("probes_right")) },
    "card.probes": { text: String(card.probes.length), holds: card.probes.length === card.figures.probes_right?.n },
  };
}

/** "The brown dog ran." */
function aboutDog(trace: Trace): Record<string, Fact> {
  const taught = taughtHead();
  const alignment = EXAMPLES.find((example) => example.id === "brown-dog")?.alignment ?? [];
  const { read, written } = trace.target;
  const chien = written.findIndex((token) => token.text === "chien");
  const dog = trace.source.tokens.findIndex((token) => token.text === "dog");
  const article = written.findIndex((token) => token.text === "Le");
  const score = (head: HeadRef) => agreement(trace, head, alignment);
  const untaught = heads(trace, "cross").filter((head) => !same(head, taught));
  const mostUntaught = Math.max(...untaught.map(score));
  const bestUntaught = untaught.filter((head) => score(head) === mostUntaught);
  const articles = untaught.filter((head) => argmax(row(trace, head, article)) === dog);
  return {
    "taught.head": { text: name(taught) },
    "dog.output": { text: trace.target.text, holds: trace.target.text === "Le chien brun a couru." },
    "dog.source-tokens": { text: String(trace.source.tokens.length) },
    "dog.target-tokens": { text: String(written.length), holds: written.length === read.length },
    "dog.loss": { text: trace.loss.toFixed(2) },
    "dog.taught-agreement": {
      text: `${score(taught)} of ${alignment.length}`,
      holds: score(taught) === alignment.length,
    },
    "dog.taught-chien": {
      text: weight(trace, taught, chien, dog).toFixed(2),
      holds: argmax(row(trace, taught, chien)) === dog,
    },
    "dog.untaught-best": {
      text: listText(bestUntaught.map(({ layer, head }) => `head ${head + 1} of layer ${layer + 1}`)),
    },
    "dog.untaught-agreement": {
      text: `${mostUntaught} of ${alignment.length}`,
      holds: mostUntaught < score(taught),
    },
    "dog.untaught-heads": { text: String(untaught.length) },
    "dog.article-heads": { text: count(articles.length), holds: articles.length > 1 },
    "dog.causal": { text: "0", holds: isCausal(trace) },
    "dog.encoder-same": strongest(trace, "encoder", "same"),
    "dog.encoder-previous": strongest(trace, "encoder", "previous", 0.4),
    "dog.encoder-next": strongest(trace, "encoder", "next"),
    "dog.encoder-end": strongest(trace, "encoder", "end", 0, 0.25),
    "dog.decoder-same": strongest(trace, "decoder", "same", 0.7),
    "dog.decoder-first": strongest(trace, "decoder", "first", 0.5),
    ...aboutStripe(trace),
  };
}

/** The encoder's clearest stripe: the head that, over all rows, puts most of its weight on one token. */
function aboutStripe(trace: Trace): Record<string, Fact> {
  const { tokens } = trace.source;
  const columns = heads(trace, "encoder").flatMap((head) =>
    tokens.map((token, key) => ({
      head,
      token,
      key,
      mean: mean(tokens.map((_, query) => weight(trace, head, query, key))),
    })),
  );
  const top = columns.reduce((best, column) => (column.mean > best.mean ? column : best));
  const rows = tokens.filter((_, query) => argmax(row(trace, top.head, query)) === top.key);
  return {
    "dog.stripe-head": { text: name(top.head) },
    "dog.stripe-token": { text: top.token.text, holds: top.token.text === "French" && top.token.instruction },
    "dog.stripe-mean": { text: top.mean.toFixed(2), holds: top.mean > 0.5 },
    "dog.stripe-rows": {
      text: `${rows.length} of ${tokens.length}`,
      // The prose names the exceptions: brown, dog and ran look elsewhere.
      holds: tokens.every((token) => rows.includes(token) !== ["brown", "dog", "ran"].includes(token.text)),
    },
    "dog.even": { text: (1 / tokens.length).toFixed(2) },
  };
}

interface Info {
  readonly layers: Readonly<Record<"encoder" | "decoder", number>>;
  readonly heads: number;
  readonly width: number;
  readonly headWidth: number;
  readonly vocabulary: number;
  readonly parameters: number;
}

interface Card {
  readonly revision: string;
  readonly licence: string;
  readonly attribution: string;
  readonly training: { readonly minutes: number; readonly tokens: number };
  readonly figures: Readonly<Record<string, { readonly value: number; readonly n: number }>>;
  readonly probes: readonly unknown[];
  readonly samples: readonly { readonly english: string; readonly answer: string }[];
}

/** The one head that training taught to align. */
function taughtHead(): HeadRef {
  const { layer, head } = read<{ layer: number; head: number }>(`${MODEL}alignment.json`);
  return { kind: "cross", layer, head };
}

/** Every head of one kind. */
function heads(trace: Trace, kind: AttentionKind): HeadRef[] {
  const [layers = 0, width = 0] = trace.attention[kind].shape;
  return Array.from({ length: layers * width }, (_, i) => ({ kind, layer: Math.floor(i / width), head: i % width }));
}

/** One row of weights, `[key]`. */
function row(trace: Trace, { kind, layer, head }: HeadRef, query: number): Float32Array {
  const { data, shape } = trace.attention[kind];
  const [, width = 0, queries = 0, keys = 0] = shape;
  const start = ((layer * width + head) * queries + query) * keys;
  return data.subarray(start, start + keys);
}

function weight(trace: Trace, head: HeadRef, query: number, key: number): number {
  return row(trace, head, query)[key] ?? 0;
}

/** How many target words look, in the row that writes their first token, most at a word that they render. */
function agreement(trace: Trace, head: HeadRef, alignment: readonly (readonly number[])[]): number {
  const sourceWords = wordsOf(trace.source.tokens);
  const targetWords = wordsOf(trace.target.written);
  return alignment.filter((gold, word) => {
    const written = trace.target.written.findIndex((token) => token.word === targetWords[word]);
    const looked = trace.source.tokens[argmax(row(trace, head, written))];
    return looked !== undefined && gold.some((index) => sourceWords[index] === looked.word && !looked.special);
  }).length;
}

/** Word indices of a sentence in order, the instruction and special tokens left out. */
function wordsOf(tokens: readonly Token[]): number[] {
  return [...new Set(tokens.filter((token) => !token.special && !token.instruction).map((token) => token.word))];
}

/** The head that plays a role most, with its score; holds where the score lies between what the prose says. */
function strongest(trace: Trace, kind: AttentionKind, role: Role, least = 0, most = 1): Fact {
  const values = trace.roles.find((entry) => entry.role === role && entry.kind === kind)?.values.data ?? [];
  const index = argmax(values);
  const score = values[index] ?? Number.NaN;
  const head = heads(trace, kind)[index];
  return { text: head ? `${name(head)} (${score.toFixed(2)})` : "", holds: score >= least && score <= most };
}

/** No weight of the decoder's self-attention lies on a later token. */
function isCausal(trace: Trace): boolean {
  return heads(trace, "decoder").every((head) =>
    trace.target.read.every((_, query) => row(trace, head, query).every((value, key) => key <= query || value === 0)),
  );
}

function argmax(values: ArrayLike<number>): number {
  return Array.from(values).reduce((top, value, i, all) => (value > (all[top] ?? -Infinity) ? i : top), 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function same(a: HeadRef, b: HeadRef): boolean {
  return a.kind === b.kind && a.layer === b.layer && a.head === b.head;
}

/** As the figures count: from 1. */
const name = ({ layer, head }: HeadRef): string => `layer ${layer + 1}, head ${head + 1}`;
/** Never rounded up to all: 0.999 is "99.9 %". */
const percent = (share: number): string => {
  const nearlyAll = share < 1 && share >= 0.995;
  return `${nearlyAll ? Math.min(99.9, 100 * share).toFixed(1) : Math.round(100 * share)} %`;
};
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 20e6 ? 1 : 0)} MB`;
const count = (value: number): string =>
  ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"][value] ?? String(value);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const facts = computeFacts();
  writeFileSync(new URL("src/stored/facts.json", ROOT), `${JSON.stringify(facts, null, 2)}\n`);
  for (const [key, { text, holds }] of Object.entries(facts)) console.log(holds === false ? "✗" : "·", key, "=", text);
}
