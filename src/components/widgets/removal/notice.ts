/** What a figure says while its fields hold another text than its picture shows. */
import type { OwnText } from "./ownText.ts";

/** The longest text that is quoted whole, in characters. */
const LONGEST = 60;

/** That the picture is of another text, and that its runs were stopped; null where there is nothing to say. @param stored what the picture shows while it is stored; default: the run of its text */
export function staleNotice(text: OwnText, stored?: string): string | null {
  const { stale, offer, phase, absent } = text.status.value;
  if (text.progress.value !== null) return null;
  const stopped = text.stopped.value ? "Stopped. " : "";
  if (!stale) return stopped === "" ? null : `${stopped}The picture is as it was before.`;
  const picture = stored !== undefined && !text.found.value.live ? stored : runShown(text);
  const shows = `${stopped}The picture still shows ${picture}`;
  return phase === "failed" || absent ? `${shows}.` : `${shows}; press ${offer} to see this text.`;
}

/** The run that is shown, by what the fields have changed of it. */
function runShown({ shown, source }: OwnText): string {
  const { source: ran, answer } = shown.value;
  if (ran !== source.value) return `the run of “${shortened(ran)}”`;
  const word = answer.trim();
  return word === "" ? "the run with the model’s own first choice" : `the run with “${word}” as the next word`;
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}…` : text;
}
