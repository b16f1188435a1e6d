/** The sentence under the picture: what is off, and what that does. */
import type { HeadRef, ModelInfo } from "../../../engine/model.ts";
import { listText } from "../../../lib/format.ts";
import type { Said } from "../../../stored/said.ts";
import { quoted } from "../../views/tokens/face.ts";
import { headsNamed } from "./boards.ts";
import type { Choice } from "./choice.ts";
import type { Shown } from "./speech.ts";
import { chanceText, FILL_WORDS, headWords, signed } from "./words.ts";

/** Up to this many heads are named one by one. */
const NAMED = 3;

/** What is shown, in a sentence. */
export function readingFor({ choice, whole, now }: Shown, info: ModelInfo): string {
  const off = headsNamed(choice.off, info);
  if (off.length === 0) return `All heads are on: ${wholeReading(whole, choice, info)}`;
  const place = off.length === 1 ? "its" : "their";
  return `${offWords(off, info)} off (${FILL_WORDS[choice.fill]} in ${place} place): ${changeReading(whole, now, choice, info)}`;
}

/** What was chosen and has not run yet: by a link, which runs nothing, or because the model is not there yet. */
export function waitingReading(choice: Choice, shown: Choice, byLink: boolean): string {
  const { off, source } = choice;
  const heads = `${off.length} ${off.length === 1 ? "head" : "heads"} off`;
  if (!byLink && shown.off.length === 0 && off.length > 0) {
    const text = source === shown.source ? "" : "of another text, ";
    return `The words shown are ${text}with all heads on; the run with ${heads} is waiting.`;
  }
  if (!byLink) return `Loading the model: what it says with ${off.length > 0 ? heads : "all heads on"} comes then.`;
  const parts = [...(source === shown.source ? [] : ["another text"]), ...(off.length > 0 ? [heads] : [])];
  return `The link has ${parts.length > 0 ? listText(parts) : "other words"}: run it live to see what the model says.`;
}

/** Beside the words, while heads are off that they know nothing of; null where as many are off as were. */
export function waitingWords({ off }: Choice, shown: Choice): string | null {
  if (off.length === shown.off.length) return null;
  const words = (heads: readonly string[]) => (heads.length === 0 ? "all heads on" : `${heads.length} off`);
  return `with ${words(shown.off)}; ${words(off)} is waiting`;
}

function wholeReading(said: Said, { answer, other }: Choice, { family }: ModelInfo): string {
  if (family === "encoder") return "the sentence’s state is the whole model’s.";
  if (family === "encoder-decoder")
    return `the model writes ${writtenWords(said.text)}, a token of it with probability ${chanceText(said.share)} on average.`;
  const given = `the model gives “${answer}” probability ${chanceText(said.share)}`;
  const first = said.stands ? `${given}, its first choice.` : `${given}; its first choice is ${firstChoice(said)}.`;
  return `${first} ${gapWords(said.metric, answer, other)}`;
}

/** How far apart the two words are. */
function gapWords(gap: number, answer: string, other: string): string {
  const size = Math.abs(gap).toFixed(2);
  if (Number(size) === 0) return `“${answer}” and “${other}” have the same logit.`;
  return `The logit of “${answer}” is ${size} ${gap < 0 ? "below" : "above"} that of “${other}”.`;
}

function offWords(off: readonly HeadRef[], info: ModelInfo): string {
  const text = off.length <= NAMED ? listText(off.map((head) => headWords(head, info))) : `${off.length} heads`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function changeReading(whole: Said, now: Said, { answer, other }: Choice, { family }: ModelInfo): string {
  const share = moveWords(whole.share, now.share);
  if (family === "encoder")
    return `the sentence’s mean state has a cosine of ${now.metric.toFixed(3)} with the whole model’s.`;
  if (family === "encoder-decoder") {
    const text = now.stands ? "it still writes the same" : `it now writes ${writtenWords(now.text)}`;
    return `${text}; the probability of a token of the whole model’s translation ${share}.`;
  }
  const when = whole.top[0]?.piece === now.top[0]?.piece ? "still" : "now";
  const says = `the first choice is ${when} ${now.stands ? `“${answer}”` : firstChoice(now)}`;
  const whose = now.stands ? "Its probability" : `The probability of “${answer}”`;
  const gap = `logit difference ${signed(now.metric)}, with all heads ${signed(whole.metric)}`;
  return `${says}. ${whose} ${share}; between the two words, ${orderWords(whole.metric, now.metric, answer, other)} (${gap}).`;
}

/** "goes from 0.99 to 0.12"; what reads the same at both ends does not go anywhere. */
function moveWords(before: number, after: number): string {
  const [from, to] = [chanceText(before), chanceText(after)];
  if (from !== to) return `goes from ${from} to ${to}`;
  if (from.startsWith("<")) return `stays below ${from.slice(1)}`;
  return from.startsWith(">") ? `stays above ${from.slice(1)}` : `stays at ${from}`;
}

function orderWords(before: number, after: number, answer: string, other: string): string {
  if (after === 0) return "neither stands before the other";
  const when = Math.sign(before) === Math.sign(after) ? "still" : "now";
  const [first, second] = after > 0 ? [answer, other] : [other, answer];
  return `“${first}” ${when} stands before “${second}”`;
}

/** The likeliest next token, known as the other word where it is that. */
function firstChoice({ top, words }: Said): string {
  const [first] = top;
  if (!first) return "nothing";
  const name = `${quoted(first.piece)} (${chanceText(first.probability)})`;
  return words[1]?.token === first.piece ? `the other word, ${name}` : name;
}

function writtenWords(text: string): string {
  return text.trim() === "" ? "nothing" : `“${text}”`;
}
