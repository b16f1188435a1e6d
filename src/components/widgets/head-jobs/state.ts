/** The figure's state: which model, which sentences, which measure, which head; the scores that follow from them. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Alignment, AnyTrace, HeadRef, ModelInfo } from "../../../engine/model.ts";
import type { Corpus, HeadScores, Measure } from "../../../engine/study.ts";
import { decodeTrace, type StoredRun } from "../../../stored/format.ts";
import { PAIRS, REPEATS, type StudyName, TREEBANK } from "../../../stored/studyExamples.ts";
import {
  type AttentionFigure,
  type AttentionFigureOptions,
  attentionFigure,
} from "../../views/attention/attentionFigure.ts";
import { DEFAULT_CHOICE, startKind } from "../../views/attention/choice.ts";
import { wholeState } from "../../views/attention/link.ts";
import type { Cell } from "../../views/attention/MatrixView.tsx";
import type { SwitchedText } from "../../views/figure/liveModels.ts";
import type { FigureStatus } from "../../views/figure/status.ts";
import { PLACE_FIELDS, type Place, placeFields, readPlace, type SortColumn } from "./place.ts";
import { type Baseline, baselineOf, bestOf, type HeadScore, headsOf, measuresOf, scoresOf, topOf } from "./scores.ts";
import { sorted } from "./sorting.ts";
import { type ShownStudy, type StudyStateOptions, studyState } from "./studyState.ts";
import { type TaughtHead, taughtAs } from "./taught.ts";
import { withRun } from "./withRun.ts";
import { readingOf, sameHead } from "./words.ts";

/** A model up to this size scores as many sentences live as were scored beforehand; a larger one takes a tenth. */
const LIGHT_BYTES = 40e6;

/** One measure of all heads, ready to be drawn. */
export interface Ranking {
  readonly measure: Measure;
  readonly scores: HeadScores;
  /** Layer by layer. */
  readonly heads: readonly HeadScore[];
  readonly best: HeadScore;
  readonly baseline: Baseline | null;
  /** What the strongest colour stands for. */
  readonly top: number;
}

export interface HeadJobsOptions extends Omit<StudyStateOptions, "model" | "name"> {
  readonly id: string;
  readonly live: SwitchedText;
  /** The models offered. */
  readonly models: readonly ModelInfo[];
  readonly measure: Measure;
  readonly corpora: (model: string) => readonly StudyName[];
  readonly sequence: (model: string) => Promise<StoredRun>;
  /** Sentence pairs with gold alignment. */
  readonly pairs: () => Promise<Corpus>;
  /** For how many of their words the same relative place is right. */
  readonly diagonal: number;
  readonly alignment: (source: string, target: string | null) => Alignment | undefined;
  readonly taught: readonly TaughtHead[];
  readonly evidence?: AttentionFigureOptions["evidence"];
  readonly mark?: AttentionFigureOptions["mark"];
}

export interface HeadJobsState extends AttentionFigure {
  readonly live: SwitchedText;
  readonly model: ReadonlySignal<ModelInfo>;
  readonly place: ReadonlySignal<Place>;
  readonly corpora: ReadonlySignal<readonly StudyName[]>;
  readonly measures: ReadonlySignal<readonly Measure[]>;
  readonly shown: ReadonlySignal<ShownStudy | null>;
  readonly ranking: ReadonlySignal<Ranking | null>;
  /** The heads in the order of the table. */
  readonly rows: ReadonlySignal<readonly HeadScore[]>;
  readonly chosen: ReadonlySignal<HeadRef>;
  readonly status: ReadonlySignal<FigureStatus>;
  readonly progress: ReadonlySignal<{ readonly done: number; readonly total: number } | null>;
  readonly reading: ReadonlySignal<string>;
  readonly cell: Signal<Cell | null>;
  taught(ref: HeadRef): TaughtHead | undefined;
  chooseModel(model: string): void;
  chooseCorpus(corpus: StudyName): void;
  chooseMeasure(measure: Measure): void;
  chooseKind(kind: HeadRef["kind"]): void;
  /** Shows a head's matrix. */
  pick(ref: HeadRef): void;
  /** By another column, or the other way round. */
  sortBy(column: SortColumn): void;
  score(): void;
  cancel(): void;
}

const START_SORT = { column: "score", down: true } as const;

export function headJobsState(options: HeadJobsOptions): HeadJobsState {
  const { id, live, models, first } = options;
  const start: Place = { corpus: first.name, measure: options.measure, sort: START_SORT };
  const wanted = signal(start);
  const model = computed(() => infoOf(models, live.models.chosen.value));
  const corpora = computed(() => options.corpora(model.value.id));
  const name = computed(() => fitting(corpora.value, wanted.value.corpus));
  const studies = studyState({ ...options, model: computed(() => model.value.id), name });
  const sequences = signal<ReadonlyMap<string, AnyTrace>>(new Map());
  const sequence = computed(() => (name.value === "repeats" ? (sequences.value.get(model.value.id) ?? null) : null));
  const shownText = withRun(live, sequence);

  const figure = attentionFigure({
    ...options,
    live: shownText,
    own: PLACE_FIELDS,
    defaults: { ...DEFAULT_CHOICE, ...startHead(options) },
    focus: ({ kind, layer, heads }) => ({ kind, layer, head: heads[0] ?? 0 }),
  });
  const chosen = computed<HeadRef>(() => {
    const { kind, layer, heads } = figure.choice.value;
    return { kind, layer, head: heads[0] ?? 0 };
  });
  const kind = computed(() => figure.choice.value.kind);
  const measures = computed(() => (studies.shown.value ? measuresOf(studies.shown.value.study, kind.value) : []));
  const diagonal = computed(() => (name.value === "pairs" ? options.diagonal : null));
  const ranking = computed(() =>
    rankingOf(studies.shown.value, kind.value, measures.value, wanted.value.measure, diagonal.value),
  );
  const place = computed<Place>(() => ({
    ...wanted.value,
    corpus: name.value,
    measure: ranking.value?.measure ?? wanted.value.measure,
  }));
  const taught = (ref: HeadRef) => taughtAs(options.taught, model.value.id, ref);
  const set = (change: Partial<Place>) => {
    wanted.value = { ...wanted.peek(), ...change };
  };
  /** The best head is to be shown once its scores are here. */
  let due = false;
  const showBest = () => {
    const best = ranking.peek()?.best.ref;
    due = best === undefined;
    if (best) figure.patch({ layer: best.layer, heads: [best.head] });
  };
  const score = async () =>
    studies.score(await corpusOf(place.peek().corpus, model.peek(), live.trace.peek(), options));

  const fetch = async (): Promise<void> => {
    const now = { model: model.value.id, name: name.value };
    await Promise.all([studies.fetch(), now.name === "repeats" && fetchSequence(now.model)]);
    if (due && now.model === model.peek().id && now.name === name.peek()) showBest();
  };
  const fetchSequence = async (of: string): Promise<void> => {
    if (sequences.peek().has(of)) return;
    const run = decodeTrace(await options.sequence(of));
    sequences.value = new Map(sequences.peek()).set(of, run);
  };

  return {
    ...figure,
    live,
    model,
    place,
    corpora,
    measures,
    ranking,
    chosen,
    taught,
    score: () => void score(),
    shown: studies.shown,
    progress: studies.progress,
    cell: signal<Cell | null>(null),
    rows: computed(() => sorted(ranking.value?.heads ?? [], place.value.sort)),
    status: computed(() =>
      statusOf(live.status.value, place.value.corpus, studies.shown.value, studies.progress.value, {
        failure: studies.failure.value,
        count: countOf(place.value.corpus, model.value),
      }),
    ),
    reading: computed(() => {
      const now = ranking.value;
      if (now === null) return "The stored scores are being fetched.";
      const mine = now.heads.find(({ ref }) => sameHead(ref, chosen.value));
      return readingOf({ ...now, chosen: mine, taught: taught(now.best.ref) !== undefined, corpus: name.value });
    }),
    // The controls say what is shown.
    departure: signal(null),
    cancel: () => {
      studies.cancel();
      live.actions.cancel();
    },
    chooseModel: (next) => {
      live.models.choose(next);
      figure.patch({ kind: startKind(live.trace.peek(), "encoder"), layer: 0, heads: [0] });
      showBest();
    },
    chooseCorpus: (corpus) => {
      set({ corpus });
      showBest();
    },
    chooseMeasure: (measure) => {
      set({ measure, sort: START_SORT });
      showBest();
    },
    chooseKind: (next) => {
      figure.patch({ kind: next, layer: 0, heads: [0] });
      showBest();
    },
    pick: ({ layer, head }) => figure.patch({ layer, heads: [head] }),
    sortBy: (column) => {
      const { sort } = wanted.peek();
      set({ sort: { column, down: sort.column === column ? !sort.down : column !== "place" } });
    },
    reset: () =>
      batch(() => {
        studies.reset();
        wanted.value = start;
        figure.reset();
      }),
    fields: () => {
      const changed = JSON.stringify(wanted.value) !== JSON.stringify(start);
      if (!changed) return figure.fields();
      return { ...wholeState(figure.choice.value, live), ...placeFields(place.value) };
    },
    restore: (search) =>
      batch(() => {
        wanted.value = readPlace(search, id, start);
        figure.restore(search);
      }),
    connect: () => {
      const stops = [
        figure.connect(),
        effect(() => {
          void fetch();
        }),
        effect(() => {
          // A sentence that was run anew is scored anew.
          if (name.value === "sentence" && live.live.value && live.trace.value) void score();
        }),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

function infoOf(models: readonly ModelInfo[], id: string): ModelInfo {
  const info = models.find((each) => each.id === id);
  if (!info) throw new RangeError(`the figure offers no model named ${id}`);
  return info;
}

function fitting(corpora: readonly StudyName[], corpus: StudyName): StudyName {
  return corpora.includes(corpus) ? corpus : (corpora[0] ?? corpus);
}

/** The head that is best at what is shown first. */
function startHead({ first, live, measure }: HeadJobsOptions) {
  const kind = startKind(live.trace.peek(), "encoder");
  const stored = first.stored.scores.find((each) => each.kind === kind && each.measure === measure);
  const [, heads = 1] = stored?.shape ?? [];
  const at = stored ? stored.mean.indexOf(Math.max(...stored.mean)) : 0;
  return { kind, layer: Math.floor(at / heads), heads: [at % heads] };
}

function rankingOf(
  shown: ShownStudy | null,
  kind: HeadRef["kind"],
  measures: readonly Measure[],
  wanted: Measure,
  diagonal: number | null,
): Ranking | null {
  const measure = measures.includes(wanted) ? wanted : measures[0];
  const scores = shown && measure && scoresOf(shown.study, kind, measure);
  if (!scores || !measure) return null;
  const heads = headsOf(shown.study, scores);
  const best = bestOf(heads);
  if (!best) return null;
  const baseline = baselineOf(scores, diagonal);
  return { measure, scores, heads, best, baseline, top: topOf(measure, heads, baseline) };
}

/** How many sentences are scored live. */
function countOf(corpus: StudyName, { bytes }: ModelInfo): number {
  const all = { treebank: TREEBANK.count, repeats: REPEATS.count, pairs: PAIRS, sentence: 1 }[corpus];
  return bytes > LIGHT_BYTES ? Math.max(1, Math.round(all / 10)) : all;
}

async function corpusOf(
  name: StudyName,
  info: ModelInfo,
  { source, target }: AnyTrace,
  { alignment, pairs }: Pick<HeadJobsOptions, "alignment" | "pairs">,
): Promise<Corpus> {
  if (name === "pairs") return pairs();
  if (name === "treebank") return { ...TREEBANK, count: countOf(name, info) };
  if (name === "repeats") return { ...REPEATS, count: countOf(name, info) };
  const typed = target?.origin === "typed" ? target.text : null;
  const gold = alignment(source.text, typed);
  return { kind: "texts", texts: [{ source: source.text, target: typed, ...(gold && { alignment: gold }) }] };
}

/** The status of the scores: the model's own, with the study in the place of the run. A sentence's is that of its run. */
function statusOf(
  base: FigureStatus,
  corpus: StudyName,
  shown: ShownStudy | null,
  progress: unknown,
  study: { readonly failure: FigureStatus["failure"]; readonly count: number },
): FigureStatus {
  const failure = study.failure ?? base.failure;
  if (corpus === "sentence") return { ...base, failure };
  const running = progress !== null && base.phase !== "loading";
  const unit = { repeats: "sequences", pairs: "pairs", treebank: "sentences" }[corpus];
  return {
    ...base,
    shown: shown?.live ? "live" : "stored",
    stale: false,
    phase: running ? "running" : base.phase,
    failure,
    offer: `Score ${study.count} ${unit} live`,
  };
}
