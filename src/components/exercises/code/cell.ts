/** A code cell at work: its text, its run, what the run showed. No drawing. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Answering } from "../../../sandbox/inOrder.ts";
import type { Call, Fault, GivenTrace } from "../../../sandbox/protocol.ts";
import type { Output, Result, Running, runCode } from "../../../sandbox/runner.ts";
import { CELL_WORDS, endingWords } from "./words.ts";

/** Where the reader's text is kept. */
export interface KeptText {
  /** The text as it is kept, or null for none. */
  text(): string | null;
  /** Keeps a text; null where it is the one that the cell starts with. */
  keep(text: string | null): void;
}

export interface CellOptions {
  /** What the cell starts with. */
  readonly start: string;
  readonly kept: KeptText;
  /** The program that runs code; fetched with the first run. */
  readonly sandbox: () => Promise<typeof runCode>;
}

export interface Cell {
  /** The text as it stands. */
  readonly text: ReadonlySignal<string>;
  /** Whether it is another one than at the start. */
  readonly changed: ReadonlySignal<boolean>;
  readonly outputs: Signal<readonly Output[]>;
  readonly fault: Signal<Fault | null>;
  readonly running: Signal<boolean>;
  /** What is to be said of the run, in a sentence. */
  readonly status: Signal<string>;
  /** The text that a reset put aside. */
  readonly aside: Signal<string | null>;
  edit(text: string): void;
  /** Runs the text; a run under way is stopped first. Null where it did not come to run. */
  run(traces: readonly GivenTrace[], options?: RunOptions): Promise<Result | null>;
  stop(): void;
  /** Back to the start. */
  reset(): void;
  undo(): void;
}

/** What a run can be given besides its traces. */
export interface RunOptions {
  readonly call?: Call | null;
  /** Answers what the code asks of the live model. */
  readonly answering?: Answering | null;
}

export function createCell({ start, kept, sandbox }: CellOptions): Cell {
  const text = signal(kept.text() ?? start);
  const outputs = signal<readonly Output[]>([]);
  const fault = signal<Fault | null>(null);
  const running = signal(false);
  const status = signal("");
  const aside = signal<string | null>(null);
  let current: Running | null = null;
  /** The newest run asked for; an older one has nothing more to say. */
  let asked = 0;

  const put = (next: string): void => {
    text.value = next;
    kept.keep(next === start ? null : next);
  };

  const begin = (): number => {
    current?.stop();
    current = null;
    asked += 1;
    outputs.value = [];
    fault.value = null;
    running.value = true;
    status.value = CELL_WORDS.running;
    return asked;
  };

  const run: Cell["run"] = async (traces, { call = null, answering = null } = {}) => {
    const mine = begin();
    const start = await sandbox().catch(() => null);
    if (mine !== asked) return null;
    if (start === null) {
      running.value = false;
      status.value = endingWords("closed", 0, 0);
      return null;
    }
    const show = (output: Output): void => {
      if (mine === asked) outputs.value = [...outputs.value, output];
    };
    current = start({ text: text.value, traces, call }, show, answering);
    const result = await current.result;
    if (mine !== asked) return null;
    current = null;
    running.value = false;
    fault.value = result.fault;
    status.value = endingWords(result.ending, result.milliseconds, outputs.value.length);
    return result;
  };

  return {
    text,
    changed: computed(() => text.value !== start),
    outputs,
    fault,
    running,
    status,
    aside,
    edit: put,
    run,
    stop: () => current?.stop(),
    reset() {
      if (text.value === start) return;
      aside.value = text.value;
      put(start);
      status.value = CELL_WORDS.reset;
    },
    undo() {
      if (aside.value === null) return;
      put(aside.value);
      aside.value = null;
      status.value = CELL_WORDS.undone;
    },
  };
}
