/** The figure's state: which model and text, where the walk begins, its steps, and the place on it that is looked at. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import type { AnyTrace, ModelInfo } from "../../../engine/model.ts";
import { clamp } from "../../../lib/format.ts";
import { readState } from "../../../lib/urlState.ts";
import type { StoredCurve, StoredGaps } from "../../../stored/ig.ts";
import type { LiveStudy } from "../../views/attribution/liveStudy.ts";
import type { FigureEvidence } from "../../views/figure/types.ts";
import type { Found } from "./askWalk.ts";
import type { OwnGap } from "./gapPlot.ts";
import { type IgQuestion, readIgQuestion, sameEnd, sameWay } from "./igQuestion.ts";
import { fewestSteps, walkNumbers } from "./numbers.ts";
import type { Curve } from "./pathPlot.ts";
import { nearestStep, shareOf, steepestPlace } from "./walk.ts";
import { readingOf } from "./words.ts";

/** A model with its text, its stored walks and their gaps. */
export interface Offer {
  readonly info: ModelInfo;
  readonly question: Signal<IgQuestion>;
  readonly study: LiveStudy<IgQuestion, Found>;
  /** Gaps of the first question's text, by start and rule. */
  readonly gaps: readonly StoredGaps[];
  /** Fine curves of the same, by start. */
  readonly curves: readonly StoredCurve[];
}

export interface IgOptions {
  readonly id: string;
  /** The first is shown at first. */
  readonly offers: readonly Offer[];
  /** A run of the first model's stored text. */
  readonly run: AnyTrace;
  readonly evidence?: Signal<FigureEvidence | null> | undefined;
}

export interface IgState {
  readonly id: string;
  readonly offers: readonly Offer[];
  readonly offer: ReadonlySignal<Offer>;
  readonly question: ReadonlySignal<IgQuestion>;
  readonly found: ReadonlySignal<Found>;
  /** The question of what is shown. */
  readonly shownQuestion: ReadonlySignal<IgQuestion>;
  /** The step at the place that is looked at. */
  readonly step: ReadonlySignal<number>;
  /** The place that was chosen, between 0 and 1; null before the reader has chosen one. */
  readonly place: Signal<number | null>;
  readonly words: Signal<boolean>;
  readonly curve: ReadonlySignal<Curve | null>;
  readonly lines: ReadonlySignal<readonly StoredGaps[]>;
  readonly own: ReadonlySignal<readonly OwnGap[]>;
  readonly reading: ReadonlySignal<string>;
  readonly notice: ReadonlySignal<string | null>;
  /** What is shown, where that is not the first model's stored text. */
  readonly departure: ReadonlySignal<string | null>;
  chooseModel(id: string): void;
  ask(change: Partial<IgQuestion>): void;
  reset(): void;
  fields(): Record<string, unknown> | null;
  restore(search: string): void;
  /** Follows the question and publishes to the exercises; answers with a function that stops. */
  connect(): () => void;
}

/** A walk that was made live. */
interface Made {
  readonly model: string;
  readonly question: IgQuestion;
  readonly found: Found;
}

/** Live walks whose gaps stay in the picture. */
const KEPT = 32;

export function igState(options: IgOptions): IgState {
  const { id, offers } = options;
  const [first] = offers;
  if (!first) throw new RangeError("the figure offers no model");
  const firsts = new Map(offers.map(({ info, question }) => [info.id, question.peek()]));
  const model = signal(first.info.id);
  const place = signal<number | null>(null);
  const words = signal(false);
  const refused = signal<string | null>(null);
  const made = signal<readonly Made[]>([]);

  const offer = computed(() => offers.find(({ info }) => info.id === model.value) ?? first);
  const question = computed(() => offer.value.question.value);
  const shown = computed(() => offer.value.study.shown.value);
  const found = computed(() => shown.value.result);
  const shownQuestion = computed(() => shown.value.question);
  const start = (): IgQuestion => firsts.get(model.value) ?? first.question.peek();
  const atStart = computed(() => sameEnd(shownQuestion.value, start()));
  const step = computed(() => nearestStep(found.value.walk.steps, place.value ?? steepestPlace(found.value.walk)));
  const mine = computed(() => made.value.filter((each) => each.model === model.value));
  const fields = () => ({ ...question.value, model: model.value, words: words.value, at: place.value });
  const defaults = JSON.stringify(untracked(fields));

  const connect = (): (() => void) => {
    const stops = [
      // Only the model that is shown follows its question.
      effect(() => {
        const { study } = offer.value;
        return untracked(() => study.follow());
      }),
      effect(() => {
        const { question: asked, result, live } = shown.value;
        if (live)
          made.value = withMade(
            untracked(() => made.value),
            { model: model.peek(), question: asked, found: result },
          );
      }),
      effect(() => {
        if (options.evidence) options.evidence.value = evidenceOf();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  };

  function evidenceOf(): FigureEvidence | null {
    const trace = found.value.trace ?? (offer.value === first ? options.run : null);
    if (trace === null) return null;
    const { walk } = found.value;
    const { live } = shown.value;
    const numbers = {
      ...walkNumbers(walk, shownQuestion.value, live && !atStart.value),
      ...(atStart.value && fewestSteps(offer.value.gaps)),
    };
    return { figure: id, trace, live, focus: null, numbers };
  }

  return {
    id,
    offers,
    offer,
    question,
    found,
    shownQuestion,
    step,
    place,
    words,
    curve: computed(() => {
      const stored = atStart.value
        ? offer.value.curves.find(({ baseline }) => baseline === shownQuestion.value.baseline.kind)
        : undefined;
      return stored ?? finest(mine.value, shownQuestion.value);
    }),
    lines: computed(() => (atStart.value ? offer.value.gaps : [])),
    own: computed(() => ownGaps(mine.value, shownQuestion.value, found.value)),
    reading: computed(() =>
      readingOf({
        walk: found.value.walk,
        choice: { from: shownQuestion.value.baseline.kind, bound: shownQuestion.value.bound },
        followed: found.value.followed,
        step: place.value === null ? null : step.value,
      }),
    ),
    notice: computed(() => refused.value ?? staleNotice(offer.value.study)),
    departure: computed(() => {
      const own = offer.value === first && atStart.value;
      return own ? null : `${offer.value.info.name}, ${found.value.followed}`;
    }),
    chooseModel: (next) =>
      batch(() => {
        const { baseline, steps, rule, bound } = question.peek();
        model.value = next;
        const own = offer.peek().question;
        own.value = { ...own.peek(), baseline, steps, rule, bound };
        place.value = null;
      }),
    ask: (change) => {
      const own = offer.peek().question;
      own.value = { ...own.peek(), ...change };
    },
    reset: () =>
      batch(() => {
        for (const each of offers) {
          each.study.reset();
          each.question.value = firsts.get(each.info.id) ?? each.question.peek();
        }
        model.value = first.info.id;
        place.value = null;
        words.value = false;
        refused.value = null;
        made.value = [];
      }),
    fields: () => (JSON.stringify(fields()) === defaults ? null : fields()),
    restore: (search) => batch(() => restore(search)),
    connect,
  };

  function restore(search: string): void {
    const state = readState(search, id);
    if (state.kind === "none") return;
    if (state.kind === "refused") {
      refused.value = `The link’s state for this figure was not used: ${state.reason}. You see the figure as it starts.`;
      return;
    }
    const named = offers.find(({ info }) => info.id === state.fields.get("model"));
    if (named) model.value = named.info.id;
    const own = offer.peek().question;
    own.value = readIgQuestion(state.fields, own.peek());
    words.value = state.fields.get("words") === true;
    const at = state.fields.get("at");
    place.value = typeof at === "number" ? clamp(at, 0, 1, 0.5) : null;
  }
}

/** The newest walks, each once. */
function withMade(made: readonly Made[], next: Made): Made[] {
  const other = ({ model, question }: Made) =>
    model !== next.model || JSON.stringify(question) !== JSON.stringify(next.question);
  return [...made.filter(other), next].slice(-KEPT);
}

/** The way as the walk with the most steps has seen it, where that is finer than the one shown. */
function finest(made: readonly Made[], shown: IgQuestion): Curve | null {
  const [most] = made
    .filter(({ question }) => sameWay(question, shown))
    .map(({ found }) => found.walk.steps)
    .sort((a, b) => b.length - a.length);
  return most ? { places: most.map(({ place }) => place), values: most.map(({ value }) => value) } : null;
}

/** The shown walk and the reader's other ones on this way by this rule, with the steps that adaptive ones have tried. */
function ownGaps(made: readonly Made[], shown: IgQuestion, { walk }: Found): OwnGap[] {
  const others = made
    .filter(({ question, found }) => sameWay(question, shown) && question.rule === shown.rule && found.walk !== walk)
    .map(({ found }) => found.walk);
  return [...others, walk].flatMap((each) =>
    each.tried.map(({ steps, gap }) => ({
      steps,
      share: shareOf(gap, each.from, each.to),
      shown: each === walk && steps === walk.steps.length,
    })),
  );
}

function staleNotice({ stale, stopped, status, progress }: Offer["study"]): string | null {
  if (!stale.value || progress.value !== null)
    return stopped.value ? "Stopped. The picture is as it was before." : null;
  const { absent, phase } = status.value;
  const before = stopped.value ? "Stopped. " : "";
  if (absent) return `${before}The picture shows the stored walk: this copy of the site cannot run the model.`;
  return `${before}The picture still shows the walk before${phase === "failed" ? "." : "; press Walk it live to see this one."}`;
}
