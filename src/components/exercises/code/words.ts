/** The words of a code cell's own controls and states. */
import type { Fault } from "../../../sandbox/protocol.ts";
import type { Ending } from "../../../sandbox/runner.ts";

export const CELL_WORDS = {
  editor: "Code. Escape, then Tab, leaves the editor.",
  tab: "Tab indents. Escape frees Tab.",
  freed: "Tab now leaves the editor.",
  keys: "Ctrl + Enter runs.",
  counted: "In code, layers, heads and tokens are counted from 0, as in Python; the pictures count from 1.",
  noTrace: "The figure has not been drawn yet. Scroll to it, then run again.",
  notFetched: "The run that this works on could not be fetched. Check your connection and try again.",
  noOutput: "The figure’s sentence has no such output to explain.",
  asking: "Asking the model …",
  running: "Running …",
  reset: "Your text is put aside; “Undo” brings it back.",
  undone: "Your text is back.",
} as const;

const ENDINGS: Readonly<Record<Exclude<Ending, "done">, string>> = {
  fault: "Stopped by an error.",
  late: "Stopped: it came to no end within two seconds. Your text is kept; look for a loop that never ends.",
  long: "Stopped: with what it asked of the model it took longer than two minutes. Your text is kept.",
  stopped: "Stopped. Your text is kept.",
  closed: "The closed frame in which code runs did not open. Reload the page and try again; your text is kept.",
};

/** How a run ended, in a sentence. */
export function endingWords(ending: Ending, milliseconds: number, outputs: number): string {
  if (ending !== "done") return ENDINGS[ending];
  const time =
    milliseconds < 1000 ? `${Math.max(1, Math.round(milliseconds))} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
  return outputs === 0 ? `Done in ${time}; nothing was shown.` : `Done in ${time}.`;
}

/** A fault with its line in the reader's text. */
export function faultWords({ message, line }: Fault): string {
  return line === null ? message : `Line ${line}: ${message}`;
}

/** Characters of a fact. */
const MOST_CHARACTERS = 140;

/** Words from outside as a fact that can be kept: short, in one line, nothing that looks like markup. */
export function factText(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").replaceAll("<", "‹").trim();
  return line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS - 1)}…`;
}
