/** What the figure says of itself. */
import type { HeadRef } from "../../../engine/model.ts";
import type { HeadScores, Measure } from "../../../engine/study.ts";
import type { StudyName } from "../../../stored/studyExamples.ts";
import { digitsOf, isFigure, isRelation, measureName, relationOf, scoreText } from "./measures.ts";
import { against, type Baseline, type HeadScore } from "./scores.ts";

/** "layer 2, head 1", counted from 1. */
export function headName({ layer, head }: Pick<HeadRef, "layer" | "head">): string {
  return `layer ${layer + 1}, head ${head + 1}`;
}

export interface ReadingInput {
  readonly measure: Measure;
  readonly scores: Pick<HeadScores, "sentences" | "rows">;
  readonly heads: readonly HeadScore[];
  readonly best: HeadScore;
  readonly chosen: HeadScore | undefined;
  readonly baseline: Baseline | null;
  /** The best head was shown in training where to look. */
  readonly taught: boolean;
  readonly corpus: StudyName;
}

/** The best head with its score, its interval and what it is set beside; then the chosen head, if it is another. */
export function readingOf(input: ReadingInput): string {
  const { best, chosen, measure, taught } = input;
  const parts = [bestSentence(input), baselineSentence(input)];
  if (taught) parts.push("It was shown in training where to look, so this is what it was asked to do.");
  if (chosen && !sameHead(chosen.ref, best.ref)) {
    parts.push(`The head you chose, ${headName(chosen.ref)}: ${scoreText(measure, chosen.mean)}.`);
  }
  parts.push("A score describes a head; that the model needs it for this, no score says.");
  return parts.filter(Boolean).join(" ");
}

function bestSentence({ measure, best, scores, corpus }: ReadingInput): string {
  const who = headName(best.ref);
  const text = (value: number) => scoreText(measure, value, digitsOf(best));
  const interval = `${text(best.low).replace(/ .*/, "")} to ${text(best.high)}`;
  const range = corpus === "sentence" ? "one sentence, so no interval" : `95 % interval ${interval}`;
  const many = corpus === "sentence" ? "" : `, over ${scores.sentences} ${sequences(corpus)}`;
  return `${subject(measure, who, text(best.mean))} (${range}${many}).`;
}

function subject(measure: Measure, who: string, score: string): string {
  if (isRelation(measure)) return `“${measureName(measure)}”: ${who} finds the right word in ${score} of the cases`;
  if (measure === "alignment") return `Word alignment: in ${who} the strongest link is right for ${score} of the words`;
  if (isFigure(measure)) return `Highest ${measureName(measure)}: ${who} with ${score}`;
  return `“${measureName(measure)}”: ${who} puts ${score} of its weight there`;
}

function sequences(corpus: StudyName): string {
  if (corpus === "pairs") return "sentence pairs";
  return corpus === "repeats" ? "sequences" : "sentences";
}

function baselineSentence({ best, baseline, heads, measure }: ReadingInput): string {
  if (baseline === null) return "";
  if (baseline.kind === "even") return evenSentence(measure, baseline);
  const told = { above: "the head beats it", below: "the head falls short of it", level: "its interval holds both" };
  const how = baseline.kind === "offset" ? `Looking ${offsetWords(baseline.by)}` : "Going straight across";
  return (
    `${how} without reading a word is right in ${baseline.score.toFixed(2)}: ` +
    `${told[against(best, baseline)]}, and it is the best of ${heads.length}, picked on these very sentences.`
  );
}

function evenSentence(measure: Measure, { score }: Baseline): string {
  const text = scoreText(measure, score);
  return `By chance, that is for a head that spreads its weight evenly over all it may see, it would be ${text}.`;
}

/** A fixed offset in words. */
export function offsetWords(by: number): string {
  const words = Math.abs(by) === 1 ? "one word" : `${Math.abs(by)} words`;
  return `always ${words} to the ${by < 0 ? "left" : "right"}`;
}

/** A baseline as its line is labelled. */
export function baselineName(baseline: Baseline): string {
  if (baseline.kind === "offset") return offsetWords(baseline.by);
  return baseline.kind === "even" ? "even attention" : "straight across";
}

export function sameHead(a: HeadRef, b: HeadRef): boolean {
  return a.kind === b.kind && a.layer === b.layer && a.head === b.head;
}

/** For a relation: what counts as right, for the note under the list. */
export function relationNote(measure: Measure): string | null {
  if (!isRelation(measure)) return null;
  const { toHead, word } = relationOf(measure);
  const from = toHead ? `of each ${word}` : `of each word that has ${/^[aeiou]/.test(word) ? "an" : "a"} ${word}`;
  const to = toHead ? "the word that it depends on" : `that ${word}`;
  return `Counted: the strongest link ${from} to another word. Right: it leads to ${to}.`;
}
