/** What a tokenizer does to a text before it splits it: one row for each normaliser of `tokenizer.json`. */
import { type Followed, matchesOf, standIns, withPrefix } from "./followed.ts";
import { type Json, listOf, part, patternOf, textIn } from "./json.ts";
import { inNormalForm } from "./normalForm.ts";
import { precompiled } from "./precompiled.ts";
import { unfitTokenizer } from "./unfit.ts";

/** Changes a text and follows its characters. */
export type Normaliser = (letters: Followed) => Followed;

/** Makes a normaliser of its part of the file and of what transformers.js made of that part. */
type Maker = (json: Json, made: unknown) => Normaliser;

const SPACE = /\p{White_Space}/u;
const ACCENT = /\p{M}/u;
/** Marks that take no room of their own: what BERT calls accents. */
const NON_SPACING = /\p{Mn}/u;
/** Control, format and private characters and the stand-in for an unreadable one; tab and line ends are spaces. */
const UNREADABLE = /[^\P{Cc}\t\n\r]|\p{Cf}|\p{Co}|\ufffd/u;
const CHINESE =
  /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\u{2a700}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/u;

const MAKERS: Readonly<Record<string, Maker>> = {
  NFC: () => (letters) => inNormalForm(letters, "NFC"),
  NFD: () => (letters) => inNormalForm(letters, "NFD"),
  NFKC: () => (letters) => inNormalForm(letters, "NFKC"),
  NFKD: () => (letters) => inNormalForm(letters, "NFKD"),
  Lowercase: () => lowerCase,
  StripAccents: () => (letters) => without(letters, ACCENT),
  Strip: (json) => (letters) => stripped(letters, json.strip_left !== false, json.strip_right !== false),
  Prepend: (json) => (letters) => withPrefix(textIn(json.prepend, ""), letters),
  Replace: (json, made) => replacing(patternOf(made), textIn(json.content, "")),
  Precompiled: (json) => precompiled(textIn(json.precompiled_charsmap, "")),
  BertNormalizer: (json) => bert(json),
  Sequence: (json, made) => {
    const inner = listOf(part(made).normalizers);
    const steps = listOf(json.normalizers).map((step, i) => normaliserOf(step, inner[i]));
    return (letters) => steps.reduce((text, step) => step(text), letters);
  },
};

/**
 * The normaliser of a file; null stands for none. Throws "graph" for one that cannot be followed.
 * @param made the same as transformers.js made it
 */
export function normaliserOf(json: unknown, made: unknown): Normaliser {
  if (json === null || json === undefined) return (letters) => letters;
  const name = String(part(json).type);
  const maker = Object.hasOwn(MAKERS, name) ? MAKERS[name] : undefined;
  if (!maker) throw unfitTokenizer(`its normaliser is a ${name}`);
  return maker(part(json), made);
}

/** Character by character, as Python's does: a last sigma stays an ordinary one. */
function lowerCase(letters: Followed): Followed {
  return letters.flatMap((letter) => standIns(letter.character.toLowerCase(), letter));
}

function without(letters: Followed, pattern: RegExp): Followed {
  return letters.filter(({ character }) => !pattern.test(character));
}

function stripped(letters: Followed, left: boolean, right: boolean): Followed {
  const isSpace = (at: number) => SPACE.test(letters[at]?.character ?? "");
  let [start, end] = [0, letters.length];
  while (left && isSpace(start)) start += 1;
  while (right && end > start && isSpace(end - 1)) end -= 1;
  return letters.slice(start, end);
}

/** What is put in stands for the last character that it replaces. */
function replacing(pattern: RegExp, content: string): Normaliser {
  return (letters) => {
    let last = 0;
    const parts = matchesOf(letters, pattern).flatMap(({ start, end }) => {
      const kept = letters.slice(last, start);
      const replaced = letters[end - 1];
      last = end;
      return replaced ? [...kept, ...standIns(content, replaced)] : kept;
    });
    return [...parts, ...letters.slice(last)];
  };
}

function bert(json: Json): Normaliser {
  const accents = json.strip_accents ?? json.lowercase;
  const steps: Normaliser[] = [];
  if (json.clean_text) steps.push(cleaned);
  if (json.handle_chinese_chars) steps.push(chineseApart);
  if (accents) steps.push((letters) => without(inNormalForm(letters, "NFD"), NON_SPACING));
  if (json.lowercase) steps.push(lowerCase);
  return (letters) => steps.reduce((text, step) => step(text), letters);
}

function cleaned(letters: Followed): Followed {
  return without(letters, UNREADABLE).map((letter) =>
    SPACE.test(letter.character) ? { ...letter, character: " " } : letter,
  );
}

function chineseApart(letters: Followed): Followed {
  return letters.flatMap((letter) =>
    CHINESE.test(letter.character) ? standIns(` ${letter.character} `, letter) : [letter],
  );
}
