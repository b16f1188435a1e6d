/**
 * Sentences with their dependency trees, from CoNLL-U (https://universaldependencies.org/format.html). Multiword tokens and empty
 * nodes are not read: a file that has them is refused, with the line.
 */
import { FailureError, failure } from "../../lib/failure.ts";

/** A word of a sentence with its place in the tree. */
export interface TreebankWord {
  readonly form: string;
  readonly lemma: string;
  /** Universal part of speech. */
  readonly upos: string;
  /** The language's own tag. */
  readonly xpos: string;
  readonly features: Readonly<Record<string, string>>;
  /** Place of its head among the words, from 0; −1 for the root. */
  readonly head: number;
  /** Relation to its head, with its subtype: `nsubj`, `nmod:poss`. */
  readonly relation: string;
  /** UTF-16 offsets in the sentence's text, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** A sentence and its tree. */
export interface TreebankSentence {
  readonly id: string;
  readonly text: string;
  readonly words: readonly TreebankWord[];
}

/** A line of the file, counted from 1. */
interface Line {
  readonly number: number;
  readonly text: string;
}

const COLUMNS = 10;

/** Reads all sentences of a file; throws a `FailureError` ("bad-input") that names the line. */
export function readConllu(file: string): TreebankSentence[] {
  const sentences: TreebankSentence[] = [];
  let block: Line[] = [];
  const close = () => {
    if (block.length > 0) sentences.push(readSentence(block));
    block = [];
  };
  for (const [index, text] of file.split(/\r?\n/).entries()) {
    if (text === "") close();
    else block.push({ number: index + 1, text });
  }
  close();
  return sentences;
}

function readSentence(lines: readonly Line[]): TreebankSentence {
  const text = comment(lines, "text");
  if (text === undefined) throw fault(lines[0], 'the sentence has no line "# text = …"');
  const rows = lines.filter((line) => !line.text.startsWith("#"));
  if (rows.length === 0) throw fault(lines[0], "the sentence has no words");

  let at = 0;
  const words = rows.map((line, place) => {
    const word = readWord(line, place, rows.length);
    const start = text.indexOf(word.form, at);
    if (start < 0 || text.slice(at, start).trim() !== "")
      throw fault(line, `"${word.form}" does not come next in the text`);
    at = start + word.form.length;
    return { ...word, start, end: at };
  });
  if (text.slice(at).trim() !== "") throw fault(rows.at(-1), `the text goes on after it: "${text.slice(at).trim()}"`);
  if (words.filter(({ head }) => head < 0).length !== 1) throw fault(rows[0], "the sentence has not one root");
  return { id: comment(lines, "sent_id") ?? "", text, words };
}

function readWord(line: Line, place: number, length: number): Omit<TreebankWord, "start" | "end"> {
  const columns = line.text.split("\t");
  if (columns.length !== COLUMNS) throw fault(line, `expected ${COLUMNS} columns, found ${columns.length}`);
  const [id = "", form = "", lemma = "", upos = "", xpos = "", feats = "", head = "", relation = ""] = columns;
  if (/^\d+[-.]\d+$/.test(id)) throw fault(line, `multiword tokens and empty nodes are not read (${id})`);
  if (id !== String(place + 1)) throw fault(line, `expected word ${place + 1}, found "${id}"`);
  if (form === "") throw fault(line, "the word has no form");
  if (!/^\d+$/.test(head) || Number(head) > length)
    throw fault(line, `expected a head from 0 to ${length}, found "${head}"`);
  if (Number(head) === place + 1) throw fault(line, "the word is its own head");
  if (relation === "" || relation === "_") throw fault(line, "the word has no relation");
  return { form, lemma, upos, xpos, features: readFeatures(feats, line), head: Number(head) - 1, relation };
}

/** `Number=Sing|Person=3` as a record; `_` stands for none. */
function readFeatures(column: string, line: Line): Record<string, string> {
  if (column === "_") return {};
  return Object.fromEntries(
    column.split("|").map((feature) => {
      const [name, value] = feature.split("=");
      if (!name || !value) throw fault(line, `expected features like Number=Sing, found "${feature}"`);
      return [name, value];
    }),
  );
}

/** What a comment line `# name = value` says. */
function comment(lines: readonly Line[], name: string): string | undefined {
  const start = `# ${name} = `;
  return lines.find(({ text }) => text.startsWith(start))?.text.slice(start.length);
}

function fault(line: Line | undefined, message: string): FailureError {
  return new FailureError(
    failure("bad-input", `The treebank cannot be read: line ${line?.number ?? 0}: ${message}.`, { action: "none" }),
  );
}
