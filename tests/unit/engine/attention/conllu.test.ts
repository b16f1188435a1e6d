import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readConllu } from "../../../../src/engine/attention/conllu.ts";

const HEADER = "# sent_id = a\n# text = Don't go!";
const ROWS = [
  "1\tDo\tdo\tAUX\tVB\tMood=Imp|VerbForm=Fin\t3\taux\t_\tSpaceAfter=No",
  "2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_",
  "3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No",
  "4\t!\t!\tPUNCT\t.\t_\t3\tpunct\t_\t_",
];

/** The file with one row, counted from 0, written differently. */
function withRow(place: number, change: (row: string) => string): string {
  return [HEADER, ...ROWS.map((row, at) => (at === place ? change(row) : row)), ""].join("\n");
}

describe("readConllu", () => {
  it("reads words with features, heads from 0 and places in the text", () => {
    const [sentence, ...rest] = readConllu(withRow(0, (row) => row));
    expect(rest).toEqual([]);
    expect(sentence?.id).toBe("a");
    expect(sentence?.text).toBe("Don't go!");
    expect(sentence?.words[0]).toEqual({
      form: "Do",
      lemma: "do",
      upos: "AUX",
      xpos: "VB",
      features: { Mood: "Imp", VerbForm: "Fin" },
      head: 2,
      relation: "aux",
      start: 0,
      end: 2,
    });
    expect(sentence?.words.map(({ head, start, end }) => [head, start, end])).toEqual([
      [2, 0, 2],
      [2, 2, 5],
      [-1, 6, 8],
      [2, 8, 9],
    ]);
  });

  it("reads several sentences, with either end of line and with none at the end", () => {
    const file = withRow(0, (row) => row).trimEnd();
    expect(readConllu(`${file}\n\n\n${file}`).length).toBe(2);
    expect(readConllu(`${file}\n\n${file}\n`.replaceAll("\n", "\r\n"))[1]?.words.length).toBe(4);
    expect(readConllu("")).toEqual([]);
  });

  it("reads all of the site's treebank", () => {
    const sentences = readConllu(readFileSync("public/data/treebank/dev.conllu", "utf8"));
    expect(sentences.length).toBe(500);
    for (const { text, words } of sentences) {
      for (const { form, start, end } of words) expect(text.slice(start, end)).toBe(form);
    }
  });

  it.each([
    ["a missing column", 1, (row: string) => row.replace("\t_\t_", "\t_"), /line 4: expected 10 columns, found 9/],
    ["a wrong number", 1, (row: string) => row.replace("2", "7"), /line 4: expected word 2, found "7"/],
    ["a multiword token", 0, (row: string) => row.replace("1", "1-2"), /line 3: multiword tokens .* \(1-2\)/],
    ["an empty node", 1, (row: string) => row.replace("2", "1.1"), /line 4: .*empty nodes .* \(1\.1\)/],
    ["a head outside", 3, (row: string) => row.replace("\t3\t", "\t5\t"), /line 6: expected a head from 0 to 4/],
    ["a word that is its own head", 3, (row: string) => row.replace("\t3\t", "\t4\t"), /line 6: the word is its own/],
    ["no relation", 3, (row: string) => row.replace("punct", "_"), /line 6: the word has no relation/],
    ["a feature without value", 0, (row: string) => row.replace("=Fin", ""), /line 3: expected features like/],
    [
      "a word that is not in the text",
      2,
      (row: string) => row.replace("go", "run"),
      /line 5: "run" does not come next/,
    ],
    ["no root", 2, (row: string) => row.replace("\t0\t", "\t1\t"), /line 3: the sentence has not one root/],
  ])("refuses %s and names the line", (_, place, change, message) => {
    expect(() => readConllu(withRow(place, change))).toThrow(message);
  });

  it("refuses a sentence without text or words, or with more text than words", () => {
    expect(() => readConllu(`# sent_id = a\n${ROWS.join("\n")}`)).toThrow(/line 1: .*# text =/);
    expect(() => readConllu(HEADER)).toThrow(/line 1: the sentence has no words/);
    expect(() => readConllu(withRow(0, (row) => row).replace("go!", "go! Now"))).toThrow(/line 6: .*"Now"/);
  });
});
