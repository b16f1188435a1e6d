/**
 * What an author writes in a chapter, and how it becomes a key. The components and the lint both read it here.
 *
 *     export const seen = signal(null);
 *     export const mark = signal(null);
 *
 *     <HeadView client:visible id="figure" … evidence={seen} mark={mark} />
 *     <Numeric client:visible id="1-heads" label="1" title="Heads" question="How many heads has a layer?"
 *       evidence={seen} mark={mark} answer="heads"
 *       explain={{ right: "{value} heads.", low: "There are more …", high: "There are fewer …" }}
 *       hints={["Each tile is a head.", "Count the tiles."]} solution="There are {value}." />
 *
 * `npm run test:unit` says which explanations a kind still lacks. Names of {placeholders}: `facts` in `checks/<kind>.ts`.
 */
import type { Signal } from "@preact/signals";
import type { AttentionKind, Role } from "../../engine/model.ts";
import type { Evidence, Mark, MethodRequest, StandIn } from "./evidence.ts";
import type { Outline } from "./outline.ts";
import type {
  CodeCase,
  HeadCount,
  HeadMeasure,
  Keys,
  Kind,
  QuantityName,
  ShownName,
  TaskName,
  TokenRule,
  TokenSide,
} from "./types.ts";

/** What every exercise takes. All texts may hold `code`, *emphasis* and {placeholders}. */
export interface CommonProps {
  /** Unique in the course; also the anchor. */
  readonly id: string;
  /** The exercise's number, as in "6.1.1 a". */
  readonly label: string;
  /** A few words for the heading and the overview. */
  readonly title: string;
  readonly question: string;
  /** At least two, from a nudge to almost the answer. */
  readonly hints: readonly string[];
  readonly solution: string;
  /** What the figure beside it shows. */
  readonly evidence?: Signal<Evidence | null>;
  /** Where the figure is told what decided. */
  readonly mark?: Signal<Mark | null>;
  /** The figure is hidden while this is false, and nothing is marked in it; a prediction opens it. */
  readonly curtain?: Signal<boolean>;
  /** What is known of the figure's run before the figure is drawn: `outlineOf(trace)`. */
  readonly outline?: Outline;
  /** What the solution is told from as long as the figure cannot settle it. */
  readonly stored?: StandIn;
  /** What to do where the figure shows something else than the question is about. */
  readonly elsewhere?: string;
}

/** Explanations by name. */
export type Explain = Readonly<Record<string, string>>;

export interface NumericProps extends CommonProps {
  readonly answer: QuantityName | ShownName | HeadCount | number;
  /** How far off still counts; 0 by default. */
  readonly tolerance?: number;
  /** `right`, `low`, `high`, for a count also `near` (one off), and one for each known mix-up, named by its quantity or its number. */
  readonly explain: Explain;
}

export interface Choice {
  readonly id: string;
  readonly text: string;
  readonly right?: boolean;
  readonly explain: string;
}

export interface ChoiceProps extends CommonProps {
  readonly choices: readonly Choice[];
}

export interface HeadProps extends CommonProps {
  readonly part: AttentionKind;
  /** The role that is named … */
  readonly role?: Role;
  /** … or the cell: the word in the query row, and the word looked at. */
  readonly from?: string;
  readonly to?: string;
  /** Share of the best head's score that passes; 0.8 by default, 0 where the floor alone decides. */
  readonly share?: number;
  /** Score below which no head passes; 0.4 by default. */
  readonly floor?: number;
  readonly explain: Explain;
}

export interface PredictProps extends CommonProps {
  /** A weight from which on a token gets much; 0.4 by default. */
  readonly much?: number;
  /** The part of the model in which the solution looks for the largest weight between two words; any by default. */
  readonly part?: AttentionKind;
  readonly explain: Explain;
}

export interface CellsProps extends CommonProps {
  readonly part: AttentionKind;
  readonly explain: Explain;
}

export interface ShowProps extends CommonProps {
  readonly part: AttentionKind;
  readonly explain: Explain;
}

export interface Step {
  readonly id: string;
  readonly text: string;
  /** Why it cannot come that early; the first step needs none. */
  readonly explain?: string;
}

export interface OrderProps extends CommonProps {
  /** In the order that is right; they are shown shuffled. */
  readonly steps: readonly Step[];
  /** `right`; a wrong order is explained by the first step that stands too early. */
  readonly explain: Explain;
}

export interface SeveralProps extends CommonProps {
  /** A right one needs no explanation of its own. */
  readonly choices: readonly (Omit<Choice, "explain"> & { readonly explain?: string })[];
  /** `right` and `missing`. */
  readonly explain: Explain;
}

export interface TokensProps extends CommonProps {
  /** Which tokens are shown; the source by default. */
  readonly side?: TokenSide;
  readonly rule: TokenRule;
  /** `right`, `extra` and `missing`. */
  readonly explain: Explain;
}

export interface ReachProps extends CommonProps {
  /** The number of the figure that a live run is to bring to at least `least`, 1 by default. */
  readonly answer: ShownName;
  readonly least?: number;
  /** `right`, `stored` (the model has not run yet) and `short`. */
  readonly explain: Explain;
}

export interface OffProps extends CommonProps {
  /** `flip`: as few heads as it takes for another first choice. `strongest`: the one head that the answer needs most. */
  readonly goal: "flip" | "strongest";
  /** The text of the figure on which the question stands. */
  readonly source: string;
  /** For `flip`: how many heads are enough; held to the model by a test. */
  readonly most?: number;
  /** For `flip`: `right`, `many`, `stands`; for `strongest`: `right`, `near`, `low`, `several`. */
  readonly explain: Explain;
}

export interface BetProps extends CommonProps {
  /** Which words are offered; the source's by default. */
  readonly side?: TokenSide;
  /** The method that is bet on. */
  readonly request: MethodRequest;
  /** `first`, `close` (second or third) and `far`. */
  readonly explain: Explain;
}

export interface DisagreeProps extends CommonProps {
  /** ρ below which the two orders count as different. */
  readonly below: number;
  /** `right`, `stored`, `same` (one word first in both) and `order` (other words first, but ρ not below). */
  readonly explain: Explain;
}

export interface StepsProps extends CommonProps {
  /** Share of the difference to the baseline; 0.01 by default. */
  readonly bound?: number;
  /** How many are enough; 64 by default. Held to the model by a test. */
  readonly enough?: number;
  /** The most steps that can be chosen; 256 by default. */
  readonly most?: number;
  /** Where the steps stand; "riemann" by default. */
  readonly rule?: "riemann" | "gauss-legendre";
  /** `right`, `few` (the gap is too large) and `many` (more than are enough). */
  readonly explain: Explain;
}

export interface FlipProps extends CommonProps {
  /** Which words can be taken away; the source's by default. */
  readonly side?: TokenSide;
  /** Words that are left out, because they are too easy. */
  readonly except?: readonly string[];
  /** `right` and `stands`. */
  readonly explain: Explain;
}

export interface CodeProps extends CommonProps {
  readonly task: TaskName;
  /** What the cell starts with, and a program that solves it: files of `src/content/cells`, imported with `?raw`. */
  readonly start: string;
  readonly answer: string;
  /** On what the function is tried: first the run that the figure shows, then others. */
  readonly cases: readonly CodeCase[];
  readonly explain: Explain;
}

export interface PropsOf {
  numeric: NumericProps;
  choice: ChoiceProps;
  head: HeadProps;
  show: ShowProps;
  predict: PredictProps;
  cells: CellsProps;
  order: OrderProps;
  tokens: TokensProps;
  several: SeveralProps;
  off: OffProps;
  reach: ReachProps;
  bet: BetProps;
  disagree: DisagreeProps;
  steps: StepsProps;
  flip: FlipProps;
  code: CodeProps;
}

/** The names under which a chapter uses the kinds. */
export const COMPONENTS: { readonly [K in Kind]: string } = {
  numeric: "Numeric",
  choice: "MultipleChoice",
  head: "PickHead",
  show: "ShowHead",
  predict: "Predict",
  cells: "ClickCells",
  order: "OrderSteps",
  tokens: "ClickTokens",
  several: "ChooseSeveral",
  off: "SwitchOff",
  reach: "Reach",
  bet: "BetToken",
  disagree: "Disagree",
  steps: "FewSteps",
  flip: "TakeAway",
  code: "WriteCode",
};

const PLAIN = ["right", "near", "low", "high"];

function measureOf({ id, role, from, to }: HeadProps): HeadMeasure {
  if (role) return { role };
  if (from && to) return { from, to };
  throw new Error(`Exercise ${id} names neither a role nor the two words of a cell.`);
}

/** The key of an exercise, from what its author wrote. */
export const keyOf: { readonly [K in Kind]: (props: PropsOf[K]) => Keys[K] } = {
  numeric: ({ answer, tolerance = 0, explain }) => ({
    value: answer,
    tolerance,
    traps: Object.keys(explain).filter((name) => !PLAIN.includes(name)),
  }),
  choice: ({ choices }) => ({
    right: choices.filter(({ right }) => right).map(({ id }) => id),
    choices: choices.map(({ id }) => id),
  }),
  head: (props) => ({
    kind: props.part,
    measure: measureOf(props),
    share: props.share ?? 0.8,
    floor: props.floor ?? 0.4,
  }),
  show: ({ part }) => ({ kind: part }),
  predict: ({ much = 0.4, part }) => ({ much, ...(part && { part }) }),
  cells: ({ part }) => ({ kind: part }),
  order: ({ steps }) => ({ steps: steps.map(({ id }) => id) }),
  tokens: ({ side = "source", rule }) => ({ side, rule }),
  several: ({ choices }) => ({
    right: choices.filter(({ right }) => right).map(({ id }) => id),
    choices: choices.map(({ id }) => id),
  }),
  reach: ({ answer, least = 1 }) => ({ value: answer, least }),
  bet: ({ side = "source", request }) => ({ side, request }),
  disagree: ({ below }) => ({ below }),
  steps: ({ bound = 0.01, enough = 64, most = 256, rule = "riemann" }) => ({ bound, enough, most, rule }),
  flip: ({ side = "source", except = [] }) => ({ side, except }),
  off: ({ goal, source, most = 1 }) => ({ goal, source, most }),
  code: ({ task, cases }) => ({ task, cases }),
};

/** The explanations of an exercise, by name; those of a choice or a step stand beside it. */
export function explanationsOf(props: PropsOf[Kind]): Explain {
  return { ...besides(props), ...("explain" in props && props.explain) };
}

function besides(props: PropsOf[Kind]): Explain {
  const items = "choices" in props ? props.choices : "steps" in props ? props.steps : [];
  return Object.fromEntries(items.flatMap(({ id, explain }) => (explain === undefined ? [] : [[id, explain]])));
}
