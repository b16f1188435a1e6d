import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { HeadRef } from "../../../engine/model.ts";
import { readState } from "../../../lib/urlState.ts";
import { aboutModel } from "../../../stored/models.ts";
import type { ModelPlace } from "../../controls/modelOffer.ts";
import type { NumbersData, PlotName } from "../../plots/data.ts";
import { type FigureActions, type FigureStatus, modelPlace } from "../../views/figure/status.ts";
import { type LiveStudy, liveStudy, type StudyClient } from "./liveStudy.ts";
import type { Beside, Part } from "./numbersOf.ts";
import { stepFrom } from "./steps.ts";
import type { NumbersView } from "./views.ts";
import { countOf, headAt, PART_NAMES, readingOf } from "./words.ts";

export interface NumbersOptions {
  readonly id: string;
  readonly plot: PlotName;
  /** What is stored, the view that is shown first in front. */
  readonly views: readonly NumbersView[];
  readonly beside?: Beside | undefined;
  readonly clientOf: (model: string) => StudyClient;
  /** Models that this copy of the site holds. */
  readonly present: readonly string[];
}

export interface NumbersState {
  readonly id: string;
  readonly plot: PlotName;
  readonly models: readonly string[];
  readonly model: ReadonlySignal<string>;
  /** Parts of the present model. */
  readonly parts: ReadonlySignal<readonly Part[]>;
  readonly view: ReadonlySignal<NumbersView>;
  /** The view that the page was built with is shown. */
  readonly first: ReadonlySignal<boolean>;
  /** What is pointed at, else what was chosen: a place in the data. */
  readonly at: ReadonlySignal<number | null>;
  /** The chosen head; null while none is, or where a plot's rows are no heads of the part. */
  readonly chosen: ReadonlySignal<HeadRef | null>;
  readonly reading: ReadonlySignal<string>;
  /** The model and part shown, in words, where they are not those that the title speaks of. */
  readonly departure: ReadonlySignal<string | null>;
  readonly notice: ReadonlySignal<string | null>;
  readonly status: ReadonlySignal<FigureStatus>;
  readonly cost: LiveViews["cost"];
  readonly actions: FigureActions;
  placeOf(model: string): ModelPlace;
  chooseModel(model: string): void;
  choosePart(part: Part): void;
  point(at: number | null): void;
  choose(at: number | null): void;
  step(right: number, down: number): void;
  reset(): void;
  /** For the address; null while nothing differs from the start. */
  fields(): Record<string, unknown> | null;
  restore(search: string): void;
}

export function numbersState(options: NumbersOptions): NumbersState {
  const { id, plot, views } = options;
  const [start] = views;
  if (!start) throw new RangeError(`the figure ${id} was given nothing to show`);
  const models = [...new Set(views.map((view) => view.model))];
  const lives = new Map(models.map((model) => [model, liveOf(options, model)]));
  const model = signal(start.model);
  const part = signal<Part>(start.part);
  const held = signal<number | null>(null);
  const pointed = signal<number | null>(null);
  const notice = signal<string | null>(null);

  const live = computed(() => lives.get(model.value) ?? liveOf(options, model.value));
  const offered = computed(() => offeredViews(options, model.value, live.value));
  const view = computed(() => offered.value.find((each) => each.part === part.value) ?? offered.value[0] ?? start);
  const within = (at: number | null): number | null => (at !== null && at < countOf(view.value.data) ? at : null);
  const at = computed(() => within(pointed.value) ?? within(held.value));
  const current = () => live.peek();

  return {
    id,
    plot,
    models,
    model,
    parts: computed(() => offered.value.map((each) => each.part)),
    view,
    first: computed(() => view.value === start),
    at,
    chosen: computed(() => headRef(view.value, within(held.value))),
    reading: computed(() => readingOf(view.value.data, view.value.sentences, at.value)),
    departure: computed(() => departureOf(view.value, start)),
    notice,
    status: computed(() => live.value.status.value),
    cost: computed(() => live.value.cost.value),
    actions: {
      run: () => current().actions.run(),
      cancel: () => current().actions.cancel(),
      act: (action) => current().actions.act(action),
      prefer: (preference) => current().actions.prefer(preference),
    },
    placeOf: (name) => {
      const status = lives.get(name)?.status.value;
      return status ? modelPlace(status) : "absent";
    },
    chooseModel: (name) =>
      batch(() => {
        model.value = name;
        held.value = null;
        pointed.value = null;
      }),
    choosePart: (name) =>
      batch(() => {
        part.value = name;
        held.value = null;
        pointed.value = null;
      }),
    point: (next) => {
      pointed.value = next;
    },
    choose: (next) => {
      held.value = next;
    },
    step: (right, down) => {
      held.value = stepFrom(view.peek().data, within(held.peek()), right, down);
      pointed.value = null;
    },
    reset: () =>
      batch(() => {
        for (const each of lives.values()) each.forget();
        model.value = start.model;
        part.value = start.part;
        held.value = null;
        notice.value = null;
      }),
    fields: () => {
      const chosen = within(held.value);
      const same = view.value.model === start.model && view.value.part === start.part;
      return same && chosen === null ? null : { model: model.value, part: view.value.part, at: chosen };
    },
    restore: (search) => {
      const link = readLink(search, options, models);
      batch(() => {
        notice.value = link.notice;
        if (link.model !== null) model.value = link.model;
        if (link.part !== null) part.value = link.part;
        held.value = link.at;
      });
    },
  };
}

type LiveViews = LiveStudy<readonly NumbersView[]>;

function liveOf({ id, plot, beside = {}, clientOf, present }: NumbersOptions, model: string): LiveViews {
  const plan = async () => (await import("./plan.ts")).planOf(plot, beside);
  return liveStudy({ client: clientOf(model), channel: id, plan, absent: !present.includes(model) });
}

/** The views of a model: computed here, or stored. */
function offeredViews({ views }: NumbersOptions, model: string, live: LiveViews): readonly NumbersView[] {
  return live.result.value ?? views.filter((view) => view.model === model);
}

function departureOf({ model, part }: NumbersView, start: NumbersView): string | null {
  if (model === start.model && part === start.part) return null;
  const { name, layers } = aboutModel(model).info;
  // A model with one stack has one kind of attention, which need not be named.
  const lone = part === "encoder" ? layers.decoder === 0 : part === "decoder" && layers.encoder === 0;
  return lone ? name : `${name}, ${PART_NAMES[part]}`;
}

/** The kind of attention that a plot's heads belong to. */
function headRef({ data, part }: NumbersView, at: number | null): HeadRef | null {
  const row = at === null ? null : headAt(data, at);
  const kind = part === "head" || part === "dependant" ? null : part;
  return row && { kind: kind ?? "encoder", layer: row.layer, head: row.head };
}

interface ReadLink {
  readonly model: string | null;
  readonly part: Part | null;
  readonly at: number | null;
  readonly notice: string | null;
}

const NOTHING: ReadLink = { model: null, part: null, at: null, notice: null };

function readLink(search: string, { id, views }: NumbersOptions, models: readonly string[]): ReadLink {
  const state = readState(search, id);
  if (state.kind === "none") return NOTHING;
  if (state.kind === "refused") {
    const notice = `The link’s state for this figure was not used: ${state.reason}. You see the figure as it starts.`;
    return { ...NOTHING, notice };
  }
  const { fields } = state;
  const model = models.find((name) => name === fields.get("model")) ?? null;
  const part = views.find((view) => view.model === model && view.part === fields.get("part"))?.part ?? null;
  const at = placeOf(fields.get("at"));
  const bad = model === null || part === null || at === undefined;
  return {
    model,
    part,
    at: at ?? null,
    notice: bad ? "Parts of the link were not understood and stand at their defaults." : null,
  };
}

/** A place in the data, null for none, undefined for what is no place. */
function placeOf(value: unknown): number | null | undefined {
  if (value === null || value === undefined) return null;
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined;
}

/** The data of a view, for JSON. */
export function jsonOf({ model, part, sentences, data }: NumbersView): NumbersData & Record<string, unknown> {
  return { model, part, sentences, ...data };
}
