/** The figure's state: one text, one output, two methods, and what exercises are told of them. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { ModelInfo } from "../../../engine/model.ts";
import { readState } from "../../../lib/urlState.ts";
import type { Evidence } from "../../exercises/evidence.ts";
import type { TextPlace } from "../../views/attribution/ColouredText.tsx";
import { type LiveStudy, liveStudy, type Shown, type StudyClient } from "../../views/attribution/liveStudy.ts";
import { type ScoreScale, scaleOf } from "../../views/attribution/scale.ts";
import { type ScoredLine, scoredLines } from "../../views/attribution/scored.ts";
import { visiblePiece } from "../../views/tokens/face.ts";
import type { Stored } from "./answers.ts";
import { type Asked, isQuick, questionsOf, readAsked } from "./asked.ts";
import { type Compared, comparedOf } from "./compared.ts";
import { askPair, type Pair } from "./pair.ts";
import { type Asks, asksOf, type TracingOptions } from "./tracing.ts";
import { pointedText, readingOf } from "./words.ts";

/** The two methods by their places in the figure. */
export type Which = "first" | "second";
export const BOTH: readonly Which[] = ["first", "second"];

export interface ExerciseStateOptions {
  readonly id: string;
  readonly client: StudyClient;
  readonly absent: boolean;
  readonly stored: Stored;
  /** Stored gradients, fetched when they are asked for. */
  readonly gradient: TracingOptions["gradient"];
  /** The methods at first. */
  readonly methods: Pick<Asked, Which>;
  readonly evidence?: Signal<Evidence | null> | undefined;
}

/** A text coloured by one of the methods. */
export interface Coloured {
  readonly lines: readonly ScoredLine[];
  readonly scale: ScoreScale;
}

export interface ExerciseState {
  readonly id: string;
  readonly info: ModelInfo;
  readonly asked: ReadonlySignal<Asked>;
  readonly study: LiveStudy<Asked, Pair>;
  readonly coloured: ReadonlySignal<Readonly<Record<Which, Coloured>>>;
  readonly pointed: Signal<{ readonly which: Which; readonly place: TextPlace } | null>;
  readonly compared: ReadonlySignal<Compared | null>;
  /** The output that is explained, as a reader sees it. */
  readonly output: ReadonlySignal<string>;
  readonly reading: ReadonlySignal<string>;
  readonly notice: ReadonlySignal<string | null>;
  ask(change: Partial<Asked>): void;
  reset(): void;
  fields(): Record<string, unknown> | null;
  restore(search: string): void;
  /** Follows the question and publishes to the exercises; answers with a function that stops. */
  connect(): () => void;
}

export function exerciseState(options: ExerciseStateOptions): ExerciseState {
  const { id, client, stored, absent } = options;
  const { source, place, follow, against } = stored.start;
  const start: Asked = { source, place, follow, against, ...options.methods };
  const asked = signal(start);
  const damage = signal<string | null>(null);
  const pointed: ExerciseState["pointed"] = signal(null);
  const study = liveStudy<Asked, Pair>({
    client,
    channel: id,
    question: asked,
    stored: (question) => storedPair(stored, question),
    work: (question, tell) => askPair(client, id, question, tell),
    absent,
    follows: isQuick,
  });
  const asks = asksOf({
    client,
    channel: `${id}/exercises`,
    absent,
    attribution: stored.attribution,
    gradient: options.gradient,
  });

  const shown = computed(() => study.shown.value);
  const coloured = computed(() => ({
    first: colouredBy(shown.value, "first"),
    second: colouredBy(shown.value, "second"),
  }));
  const compared = computed(() => comparedOf(shown.value.result));
  const output = computed(() => outputOf(shown.value.result));
  const reading = computed(() => pointedReading(coloured.value) ?? shownReading());
  const fields = () => (JSON.stringify(asked.value) === JSON.stringify(start) ? null : { ...asked.value });

  function shownReading(): string {
    const { result, question } = shown.value;
    const value = result.first.attribution.values[0] ?? Number.NaN;
    return readingOf({ output: output.value, against: question.against, value, compared: compared.value });
  }

  function pointedReading(texts: Readonly<Record<Which, Coloured>>): string | null {
    if (!pointed.value) return null;
    const { which, place: at } = pointed.value;
    const { lines, scale } = texts[which];
    const item = lines.find(({ side }) => side === at.side)?.items[at.at];
    return item ? pointedText(shown.value.question[which], item, scale) : null;
  }

  function restore(search: string): void {
    const state = readState(search, id);
    if (state.kind === "none") return;
    if (state.kind === "refused") {
      damage.value = `The link’s state for this figure was not used: ${state.reason}. You see the figure as it starts.`;
      return;
    }
    asked.value = readAsked(state.fields, asked.peek());
  }

  return {
    id,
    info: client.modelInfo,
    asked,
    study,
    coloured,
    pointed,
    compared,
    output,
    reading,
    notice: computed(() => damage.value ?? staleNotice(study)),
    ask: (change) =>
      batch(() => {
        pointed.value = null;
        asked.value = { ...asked.peek(), ...change };
      }),
    reset: () =>
      batch(() => {
        pointed.value = null;
        damage.value = null;
        asked.value = start;
        study.reset();
      }),
    fields,
    restore,
    connect() {
      const unfollow = study.follow();
      const stop = effect(() => {
        if (options.evidence) options.evidence.value = evidenceOf(id, shown.value, compared.value, asks);
      });
      return () => {
        unfollow();
        stop();
      };
    },
  };
}

/** Both methods' stored answers. */
function storedPair({ find }: Stored, asked: Asked): Pair | null {
  const [first, second] = questionsOf(asked).map(find);
  return first && second ? { first, second } : null;
}

function colouredBy({ result }: Shown<Asked, Pair>, which: Which): Coloured {
  const { attribution } = result[which];
  if (attribution.of !== "tokens") return { lines: [], scale: { signed: true, extreme: 0 } };
  const [target] = attribution.targets;
  const at = target?.kind === "token" && attribution.target !== null ? { place: target.row } : {};
  const lines = scoredLines(attribution, { row: 0, words: false, ...at });
  const scores = lines.flatMap(({ items }) => items.map(({ score }) => score));
  return { lines, scale: scaleOf(scores, attribution.signed) };
}

/** The followed token: what was written, a likely next one, or a word that was typed. */
function outputOf({ first: { attribution, trace } }: Pair): string {
  const [target] = attribution.targets;
  if (target?.kind !== "token") return "";
  const written = trace.target?.written[target.row];
  const offered = [...(written ? [written] : []), ...(trace.predictions[target.row] ?? [])];
  const watched = trace.target === null ? trace.watched : [];
  const token = [...offered, ...watched].find(({ id }) => id === target.id);
  return visiblePiece(token?.piece ?? "").trim();
}

/** That the picture is not what the controls ask for. */
function staleNotice({ status, stopped }: LiveStudy<Asked, Pair>): string | null {
  const { stale, phase, absent } = status.value;
  if (!stale || phase === "running" || phase === "loading" || phase === "failed") return null;
  if (absent)
    return "This copy of the site has no stored answer to that and lacks the model. The picture is as it was.";
  return `${stopped.value ? "Stopped. " : ""}The picture is still as it was before; press Run it live to compute this one.`;
}

function evidenceOf(
  figure: string,
  { result, question, live }: Shown<Asked, Pair>,
  comparison: Compared | null,
  asks: Asks,
): Evidence {
  const { attribution, trace } = result.first;
  const [target] = attribution.targets;
  const run = { source: trace.source.text, target: trace.target?.text ?? null };
  return {
    figure,
    trace,
    live,
    focus: null,
    numbers: numbersOf(result, question),
    ...(target && { tracing: { followed: { run, target }, ...asks } }),
    ...(comparison && question.first !== question.second && { comparison }),
  };
}

/** Scores by method and place: `input-x-gradient.5`; those of what was written so far: `input-x-gradient.target.1`. */
export function numbersOf(pair: Pair, question: Pick<Asked, Which>): Readonly<Record<string, number>> {
  const scores = BOTH.flatMap((which) => {
    const { attribution } = pair[which];
    if (attribution.of !== "tokens") return [];
    const { source, target } = attribution.scores;
    const named = (name: string, data: Float32Array | undefined) =>
      Array.from(data ?? [], (score, place) => [`${question[which]}.${name}${place}`, score] as const);
    return [...named("", source.data), ...named("target.", target?.data)];
  });
  return Object.fromEntries(scores);
}
