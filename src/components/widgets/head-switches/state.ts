/** The state of the switches: what is chosen, what the model says of it, the ranking, and the traffic with link and exercises. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ModelInfo } from "../../../engine/model.ts";
import type { HeadTask } from "../../../stored/headTasks.ts";
import { headName, type StoredSwitches, storedCurve, storedSaid, storedSweep } from "../../../stored/switches.ts";
import type { ModelClient } from "../../../workers/client.ts";
import type { ModelPlace } from "../../controls/modelOffer.ts";
import type { Evidence, Mark } from "../../exercises/evidence.ts";
import { visiblePiece } from "../../views/tokens/face.ts";
import { allHeads, type Board, boardsOf, headsNamed, toggled } from "./boards.ts";
import { type Choice, isFirst, runKey, taskOf, tasksOf, textOf } from "./choice.ts";
import { keepsWords, likeliestWords, type Words } from "./following.ts";
import { readChoice } from "./link.ts";
import { createRanking, type Ranking } from "./ranking.ts";
import { readingFor, waitingReading, waitingWords } from "./reading.ts";
import { createSpeech, type Shown, type Speech } from "./speech.ts";

/** Where a figure starts. */
export interface Start {
  readonly task?: string;
  /** Names of heads that are off. */
  readonly off?: readonly string[];
  readonly over?: Choice["over"];
  /** Starts with the stored ranking. */
  readonly ranked?: boolean;
}

export interface SwitchesOptions {
  readonly id: string;
  /** What is stored of each model offered; the first is shown at first. */
  readonly stored: readonly StoredSwitches[];
  readonly clientOf: (model: string) => ModelClient;
  /** Models that this copy of the site holds. */
  readonly present: readonly string[];
  readonly start?: Start | undefined;
  readonly evidence?: Signal<Evidence | null> | undefined;
  readonly mark?: ReadonlySignal<Mark | null> | undefined;
}

export interface SwitchesState {
  readonly id: string;
  readonly models: readonly ModelInfo[];
  readonly choice: ReadonlySignal<Choice>;
  readonly model: ReadonlySignal<ModelInfo>;
  readonly boards: ReadonlySignal<readonly Board[]>;
  readonly tasks: ReadonlySignal<readonly HeadTask[]>;
  readonly task: ReadonlySignal<HeadTask>;
  readonly speech: Speech;
  readonly ranking: Ranking;
  /** How many of the strongest heads are off, where it is exactly those. */
  readonly cut: ReadonlySignal<number | null>;
  /** The text is the reader’s own, the two words are still the task’s. */
  readonly keepsWords: ReadonlySignal<boolean>;
  /** The likeliest words after the text, all heads on; null before it has run. */
  readonly likely: ReadonlySignal<Words | null>;
  /** Nothing can be switched: the copy of the site lacks the model. */
  readonly frozen: ReadonlySignal<boolean>;
  readonly reading: ReadonlySignal<string>;
  /** Which heads the words beside the board were said with, while the run of those chosen is waiting; else null. */
  readonly waiting: ReadonlySignal<string | null>;
  readonly notice: ReadonlySignal<string | null>;
  /** What is shown now, where it is not what the figure starts with. */
  readonly departure: ReadonlySignal<string | null>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly mark: ReadonlySignal<Mark | null>;
  chooseModel(id: string): void;
  chooseTask(id: string): void;
  /** The task's next prompt, after the last the first. */
  nextPrompt(): void;
  patch(change: Partial<Pick<Choice, "source" | "answer" | "other" | "fill" | "over">>): void;
  /** Switches heads by their names; all of them off already: on. */
  toggle(names: readonly string[]): void;
  allOn(): void;
  invert(): void;
  undo(): void;
  /** Has the k strongest heads off, and no others. */
  cutTo(k: number): void;
  placeOf(model: string): ModelPlace;
  reset(): void;
  fields(): Record<string, unknown> | null;
  restore(search: string): void;
  connect(): () => void;
}

/** With more heads than this, a ranking starts with the text alone: over all prompts it takes a quarter of an hour. */
const MANY = 100;

export function switchesState(options: SwitchesOptions): SwitchesState {
  const { id, stored, clientOf, start = {} } = options;
  const models = stored.map(({ model }) => clientOf(model).modelInfo);
  const [first] = models;
  if (!first) throw new RangeError("the figure offers no model");
  const infoOf = (model: string): ModelInfo => models.find((info) => info.id === model) ?? first;
  const absent = (model: string) => !options.present.includes(model);
  const defaults = startOf(first, start);

  const choice = signal(defaults);
  const history = signal<readonly (readonly string[])[]>([]);
  const linkNotice = signal<string | null>(null);
  /** What a link asked for, to be known again while it has not run. */
  const linked = signal<string | null>(null);
  /** Steps of the slider are one change. */
  let sliding = false;

  const model = computed(() => infoOf(choice.value.model));
  const task = computed(() => taskOf(model.value, choice.value.task));
  const storedOf = (want: Choice) => stored.find((each) => each.model === want.model);
  const shownOf = (want: Choice): Shown | null => {
    const of = storedOf(want);
    if (!of || !isFirst(want, taskOf(infoOf(want.model), want.task))) return null;
    const whole = storedSaid(of, want.task, [], want.fill);
    const now = storedSaid(of, want.task, want.off, want.fill);
    return whole && now && { key: runKey(want), choice: want, whole, now, live: false, trace: null };
  };
  /** What needs no run: a switch that the reader turns is run, though its outcome may be stored. */
  const readily = (want: Choice) => (want.off.length === 0 || absent(want.model) ? shownOf(want) : null);
  const beginning = shownOf(defaults);
  if (!beginning) throw new RangeError(`nothing is stored of ${first.id} for ${defaults.task}`);

  const speech = createSpeech({ id, choice, start: beginning, clientOf, absent, stored: readily });
  const ranking = createRanking({
    id,
    choice,
    task,
    clientOf,
    absent,
    stored: (want) => {
      const of = storedOf(want);
      const sweep = want.over === "task" && of ? storedSweep(of, want.task, want.fill) : null;
      return of && sweep ? { sweep, curve: storedCurve(of, want.task, want.fill) } : null;
    },
    open: start.ranked ?? false,
  });

  const setOff = (off: readonly string[], slide = false) => {
    if (sameNames(off, choice.peek().off)) return;
    if (!slide || !sliding) history.value = [...history.peek(), choice.peek().off];
    sliding = slide;
    choice.value = { ...choice.peek(), off };
  };
  const patch = (change: Partial<Choice>) => {
    sliding = false;
    choice.value = { ...choice.peek(), ...change };
  };
  const names = () => allHeads(model.peek()).map(headName);

  return {
    id,
    models,
    choice,
    model,
    boards: computed(() => boardsOf(model.value)),
    tasks: computed(() => tasksOf(model.value)),
    task,
    speech,
    ranking,
    cut: computed(() => cutOf(choice.value.off, ranking)),
    frozen: computed(() => absent(model.value.id)),
    keepsWords: computed(() => keepsWords(choice.value, task.value)),
    likely: computed(() => {
      const { whole, choice: ran } = speech.shown.value;
      return speech.stale.value && ran.source !== choice.value.source ? null : likeliestWords(whole.top);
    }),
    reading: computed(() => {
      const { shown, status } = speech;
      const byLink = speech.waiting.value && linked.value === runKey(choice.value);
      if (!status.value.absent && (byLink || isComing(speech, choice.value)))
        return waitingReading(choice.value, shown.value.choice, byLink);
      return readingFor(shown.value, infoOf(shown.value.choice.model));
    }),
    waiting: computed(() =>
      isComing(speech, choice.value) ? waitingWords(choice.value, speech.shown.value.choice) : null,
    ),
    notice: computed(() => linkNotice.value ?? staleNotice(speech)),
    departure: computed(() => {
      const here = model.value.id === defaults.model && task.value.id === defaults.task;
      return here ? null : `${model.value.name}, ${task.value.label.toLowerCase()}`;
    }),
    canUndo: computed(() => history.value.length > 0),
    mark: computed(() => options.mark?.value ?? null),
    chooseModel: (next) =>
      batch(() => {
        if (next === choice.peek().model) return;
        ranking.cancel();
        history.value = [];
        const info = infoOf(next);
        const same = taskOf(info, choice.peek().task);
        const [prompt] = same.prompts;
        const over = absent(next) || allHeads(info).length <= MANY ? "task" : "text";
        patch({ model: next, task: same.id, off: [], over, ...(prompt && textOf(prompt)) });
      }),
    chooseTask: (next) => {
      const [prompt] = taskOf(model.peek(), next).prompts;
      if (prompt) patch({ task: next, ...textOf(prompt) });
    },
    nextPrompt: () => {
      const { prompts } = task.peek();
      const at = prompts.findIndex(({ source }) => source === choice.peek().source);
      const next = prompts[(at + 1) % prompts.length];
      if (next) patch(textOf(next));
    },
    patch,
    toggle: (heads) => setOff(toggled(choice.peek().off, heads)),
    allOn: () => setOff([]),
    invert: () => {
      const { off } = choice.peek();
      setOff(names().filter((name) => !off.includes(name)));
    },
    undo: () => {
      const before = history.peek().at(-1);
      if (!before) return;
      history.value = history.peek().slice(0, -1);
      patch({ off: before });
    },
    cutTo: (k) => {
      const ranked = ranking.ranked.peek();
      if (ranked)
        setOff(
          ranked.heads.slice(0, k).map(({ ref }) => headName(ref)),
          true,
        );
    },
    placeOf: (name) => placeOf(clientOf(name), absent(name)),
    reset: () =>
      batch(() => {
        history.value = [];
        linkNotice.value = null;
        speech.reset();
        ranking.reset();
        choice.value = defaults;
      }),
    fields: () => (JSON.stringify(choice.value) === JSON.stringify(defaults) ? null : { ...choice.value }),
    restore: (search) => {
      const { choice: read, notice } = readChoice(search, id, defaults, models);
      batch(() => {
        linkNotice.value = notice;
        if (!read) return;
        // A link loads nothing by itself; what is stored of it is shown.
        if (!readily(read)) speech.hold(read, shownOf({ ...read, off: [] }));
        linked.value = runKey(read);
        choice.value = read;
      });
    },
    connect: () => publish(options, speech, ranking, model),
  };
}

function startOf(info: ModelInfo, { task: named = "", off = [], over = "task" }: Start): Choice {
  const task = taskOf(info, named);
  const [prompt] = task.prompts;
  if (!prompt) throw new RangeError(`the task ${task.id} has no prompts`);
  return { model: info.id, task: task.id, ...textOf(prompt), fill: "zero", off, over };
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

function cutOf(off: readonly string[], { ranked }: Ranking): number | null {
  const heads = ranked.value?.heads.slice(0, off.length).map(({ ref }) => headName(ref));
  return heads && sameNames(heads, off) ? off.length : null;
}

function placeOf(client: ModelClient, lacking: boolean): ModelPlace {
  const { phase, device } = client.modelStatus.value;
  if (lacking) return "absent";
  if (phase === "loading") return "coming";
  return device === null ? "away" : "here";
}

/** The chosen run is not there for longer than a run takes: the model loads, or heads are off and nothing has run at all. */
function isComing({ stale, status, shown }: Speech, { off }: Choice): boolean {
  const { phase, absent } = status.value;
  if (!stale.value || absent) return false;
  return phase === "loading" || (!shown.value.live && shown.value.choice.off.length === 0 && off.length > 0);
}

function staleNotice({ stale, status, shown }: Speech): string | null {
  const { phase, absent } = status.value;
  if (!stale.value || phase === "running" || phase === "loading") return null;
  if (absent) return "Nothing is stored of this, and this copy of the site cannot run the model.";
  const whose = shown.value.live ? "those of the run before" : "stored ones";
  return `The words beside the board are ${whose}. Run it live to see yours.`;
}

/** Tells the exercises what is off and what came of it; nothing before the model has run. */
function publish(
  options: SwitchesOptions,
  speech: Speech,
  ranking: Ranking,
  model: ReadonlySignal<ModelInfo>,
): () => void {
  return effect(() => {
    const { trace, live, choice, now, whole } = speech.shown.value;
    if (!options.evidence || !trace) return;
    const ranked = ranking.ranked.value;
    options.evidence.value = {
      figure: options.id,
      trace,
      live,
      focus: null,
      removal: {
        source: choice.source,
        off: headsNamed(choice.off, model.value),
        answer: choice.answer,
        says: now.top[0] ? visiblePiece(now.top[0].piece) : now.text,
        stands: now.stands,
        share: now.share,
        whole: whole.share,
        ranking: ranked ? ranked.heads.map(({ ref }) => ref) : null,
      },
    };
  });
}
