import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TextTokenizer } from "../../../../src/engine/runtime/tokenizer.ts";
import { expectedSpan } from "../../../helpers/tokenSpans.ts";

/** What Python says about a text; see the README beside the fixtures. */
interface Answer {
  readonly ids: readonly number[];
  readonly pieces: readonly string[];
  readonly offsets: readonly (readonly [number, number])[];
  readonly decoded: string;
}

/** A tokenizer with its answers; a model's own tokenizer stands in the model's folder. */
interface Kind {
  readonly tokenizer?: object;
  readonly config?: object;
  readonly texts: readonly Answer[];
  readonly drawn: readonly Pick<Answer, "ids" | "decoded">[];
}

const FOLDER = "tests/fixtures/tokenizers";
const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));
const texts: readonly string[] = json(`${FOLDER}/texts.json`);

const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json") && file !== "texts.json")
  .map((file) => file.replace(".json", ""));

function open(name: string, kind: Kind): TextTokenizer | undefined {
  if (kind.tokenizer) return new TextTokenizer(kind.tokenizer, Object(kind.config));
  const folder = `public/models/${name}`;
  if (!existsSync(`${folder}/tokenizer.json`)) return undefined;
  return new TextTokenizer(json(`${folder}/tokenizer.json`), json(`${folder}/tokenizer_config.json`));
}

describe.each(names)("the tokenizer agrees with Python on %s", (name) => {
  const kind: Kind = json(`${FOLDER}/${name}.json`);
  const tokenizer = open(name, kind);

  it.skipIf(!tokenizer).each(texts.map((text, i) => [JSON.stringify(text), text, kind.texts[i]] as const))(
    "for %s",
    (_, text, answer) => {
      const tokens = tokenizer?.encode(text) ?? [];
      expect(tokens.map(({ piece }) => piece)).toEqual(answer?.pieces);
      expect(tokens.map(({ id }) => id)).toEqual(answer?.ids);
      const spans = answer?.offsets.map((span, i) => expectedSpan(text, answer.pieces[i] ?? "", span));
      expect(tokens.map(({ start, end }) => [start, end])).toEqual(spans);
    },
  );

  it.skipIf(!tokenizer)("on the way back", () => {
    const answers = [...kind.texts, ...kind.drawn];
    const decoded = answers.map(({ ids }) => tokenizer?.decode(ids).text);
    expect(decoded).toEqual(answers.map((answer) => answer.decoded));
  });

  it.skipIf(!tokenizer)("and lays decoded tokens on the text in order", () => {
    for (const { ids } of [...kind.texts, ...kind.drawn]) {
      const { text, tokens } = tokenizer?.decode(ids) ?? { text: "", tokens: [] };
      expect(tokens.map(({ id }) => id)).toEqual(ids);
      let last = 0;
      for (const { start, end, special, text: shown } of tokens) {
        if (special) continue;
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(shown.startsWith(text.slice(start, end))).toBe(true);
        last = start;
      }
    }
  });

  it.skipIf(!tokenizer).each(["a \ud83d b", "\udc00", "x\ud83d\ud83d\ude00"])(
    "takes half a surrogate pair for an unreadable character in %j",
    (text) => {
      const ids = (some: string) => tokenizer?.encode(some).map(({ id }) => id);
      expect(ids(text)).toEqual(ids(text.toWellFormed()));
      for (const { text: shown, start, end } of tokenizer?.encode(text) ?? []) {
        expect(shown.isWellFormed()).toBe(true);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(start).toBeLessThanOrEqual(end);
      }
    },
  );

  it.skipIf(!tokenizer)("cuts what is too long and keeps the format's tokens", () => {
    const text = "The brown dog ran to the old house.";
    const whole = tokenizer?.encode(text) ?? [];
    const room = whole.length - 3;
    const { tokens, cut } = tokenizer?.within(text, room) ?? { tokens: [], cut: 0 };
    expect([tokens.length, cut]).toEqual([room, 3]);
    expect(tokens.filter(({ special }) => special)).toEqual(whole.filter(({ special }) => special));
  });
});
