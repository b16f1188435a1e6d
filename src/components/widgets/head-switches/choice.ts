/** What the reader chose: model, text with its words, heads that are off, and what stands in their place. */
import type { ModelInfo } from "../../../engine/model.ts";
import type { Prompt } from "../../../engine/study.ts";
import { HEAD_TASKS, type HeadTask } from "../../../stored/headTasks.ts";
import type { Fill } from "../../../stored/said.ts";

export interface Choice {
  readonly model: string;
  readonly task: string;
  readonly source: string;
  /** Empty where the model predicts no word. */
  readonly answer: string;
  readonly other: string;
  readonly fill: Fill;
  /** Names of heads, see `headName`. */
  readonly off: readonly string[];
  /** Heads are ranked over the text alone, or over all prompts of the task. */
  readonly over: "text" | "task";
}

/** The tasks of a model. */
export function tasksOf({ family }: ModelInfo): readonly HeadTask[] {
  return HEAD_TASKS.filter((task) => task.family === family);
}

/** The task of a name, or the first that the model has. */
export function taskOf(info: ModelInfo, id: string): HeadTask {
  const tasks = tasksOf(info);
  const task = tasks.find((each) => each.id === id) ?? tasks[0];
  if (!task) throw new RangeError(`no task is known for ${info.id}`);
  return task;
}

/** The text and the words of a prompt. */
export function textOf({ source, answer = "", other = "" }: Prompt): Pick<Choice, "source" | "answer" | "other"> {
  return { source, answer, other };
}

/** The prompt as it stands in the fields. */
export function promptOf({ source, answer, other }: Choice): Prompt {
  return { source, target: null, ...(answer !== "" && { answer }), ...(other !== "" && { other }) };
}

/** Whether the fields hold the first prompt of the task. */
export function isFirst(choice: Choice, task: HeadTask): boolean {
  const [first] = task.prompts;
  return first !== undefined && sameText(choice, textOf(first));
}

/** Whether the fields hold a prompt of the task at all. */
export function isOfTask(choice: Choice, task: HeadTask): boolean {
  return task.prompts.some((prompt) => sameText(choice, textOf(prompt)));
}

/** What a ranking runs over. */
export function promptsOf(choice: Choice, task: HeadTask): readonly Prompt[] {
  return choice.over === "task" && isOfTask(choice, task) ? task.prompts : [promptOf(choice)];
}

/** Whether there is something to run: a decoder needs both words. */
export function isWhole({ source, answer, other }: Choice, { family }: ModelInfo): boolean {
  if (source.trim() === "") return false;
  return family !== "decoder" || (answer.trim() !== "" && other.trim() !== "");
}

/** What a run depends on, all heads on. */
export function wholeKey({ model, source, answer, other }: Choice): string {
  return JSON.stringify([model, source, answer, other]);
}

/** What a run depends on. */
export function runKey(choice: Choice): string {
  const { off, fill } = choice;
  return JSON.stringify([wholeKey(choice), [...off].sort(), off.length > 0 ? fill : ""]);
}

/** What a ranking depends on. */
export function rankKey(choice: Choice, task: HeadTask): string {
  return JSON.stringify([choice.model, choice.fill, promptsOf(choice, task)]);
}

function sameText(a: Pick<Choice, "source" | "answer" | "other">, b: Pick<Choice, "source" | "answer" | "other">) {
  return a.source === b.source && a.answer === b.answer && a.other === b.other;
}
