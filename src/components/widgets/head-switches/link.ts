/** The figure's state as fields of a link, and back: only known fields, each checked. */
import type { ModelInfo } from "../../../engine/model.ts";
import { readState } from "../../../lib/urlState.ts";
import { fitting } from "./boards.ts";
import { type Choice, taskOf, textOf } from "./choice.ts";

/** The longest text that a link may hold, in characters. */
const MAX_TEXT = 8_000;

export interface ReadChoice {
  /** Null where the link says nothing that can be used. */
  readonly choice: Choice | null;
  readonly notice: string | null;
}

const UNREAD = "Parts of the link were not understood and stand at their defaults.";

/** Reads what a query string holds for a figure. */
export function readChoice(search: string, id: string, start: Choice, models: readonly ModelInfo[]): ReadChoice {
  const state = readState(search, id);
  if (state.kind === "none") return { choice: null, notice: null };
  if (state.kind === "refused") {
    const notice = `The link’s state for this figure was not used: ${state.reason}. You see the figure as it starts.`;
    return { choice: null, notice };
  }
  return fromFields(state.fields, start, models);
}

function fromFields(fields: ReadonlyMap<string, unknown>, start: Choice, models: readonly ModelInfo[]): ReadChoice {
  let bad = Array.from(fields.keys()).filter((name) => !(name in start)).length;
  const take = <T>(name: keyof Choice, read: (value: unknown) => T | null, fallback: T): T => {
    if (!fields.has(name)) return fallback;
    const value = read(fields.get(name));
    if (value === null) bad += 1;
    return value ?? fallback;
  };
  const model = take("model", (value) => models.find(({ id }) => id === value)?.id ?? null, start.model);
  const info = models.find(({ id }) => id === model);
  if (!info) return { choice: null, notice: UNREAD };
  const named = take("task", text, start.task);
  const task = taskOf(info, named);
  const [first] = task.prompts;
  const words = first ? textOf(first) : start;
  const choice: Choice = {
    model,
    task: task.id,
    source: take("source", text, words.source),
    answer: take("answer", text, words.answer),
    other: take("other", text, words.other),
    fill: take("fill", (value) => (value === "zero" || value === "mean" ? value : null), start.fill),
    off: take("off", (value) => names(value, info), start.off),
    over: take("over", (value) => (value === "text" || value === "task" ? value : null), start.over),
  };
  return { choice, notice: bad > 0 ? UNREAD : null };
}

function text(value: unknown): string | null {
  return typeof value === "string" && value.length <= MAX_TEXT ? value : null;
}

/** Heads that the model has; null where any other is named. */
function names(value: unknown, info: ModelInfo): readonly string[] | null {
  if (!Array.isArray(value)) return null;
  const found = fitting(value.map(String), info);
  return found.length === value.length ? found : null;
}
