/**
 * What a model says with some heads switched off: asked with one run of a decoder or an encoder, and two of an
 * encoder–decoder, which writes freely and is then asked how probable the whole model’s translation still is to it.
 */
import type { AnyTrace, Family, HeadRef, RunRequest, Trace } from "../engine/model.ts";
import type { Prompt } from "../engine/study.ts";
import { cosine, meanRow } from "../lib/vectors.ts";

/** What takes the place of a head’s output. */
export type Fill = "zero" | "mean";

/** A word or a piece with its probability. */
export interface Chance {
  readonly piece: string;
  readonly probability: number;
}

/** A word whose chance as the next token is followed. */
export interface Followed extends Chance {
  readonly logit: number;
  /** The piece that is measured: the word’s first token. */
  readonly token: string;
}

/** What a model says. Plain data: it is stored and saved as JSON. */
export interface Said {
  /** What heads are ranked by: logit difference, mean log-probability in nats, or cosine. */
  readonly metric: number;
  /** How far the answer still stands, at most 1; see `HeadOrders.share`. */
  readonly share: number;
  /** Whether it is still given: the answer is the first choice, or the translation is the whole model’s. True for an encoder. */
  readonly stands: boolean;
  /** A decoder’s two words, the answer first: their chances as the next token. */
  readonly words: readonly Followed[];
  /** A decoder’s five most probable next tokens. */
  readonly top: readonly Chance[];
  /** An encoder–decoder’s: each token of the whole model’s translation. */
  readonly tokens: readonly Chance[];
  /** What it writes; empty for an encoder. */
  readonly text: string;
  /** Tokens of the text that were read, and tokens at its end that were not. */
  readonly length: number;
  readonly cut: number;
  readonly milliseconds: number;
}

/** A run with what later runs are compared with. */
export interface Spoken {
  readonly said: Said;
  readonly trace: AnyTrace;
  /** The translation of the whole model. */
  readonly target: string | null;
  /** The sentence’s mean state in an encoder, `[width]`. */
  readonly state: Float64Array | null;
}

/** Runs a model; throws where that fails. */
export type Run = (request: RunRequest) => Promise<AnyTrace>;

/** Which heads are off, and what stands in their place. */
export interface Removal {
  readonly off: readonly HeadRef[];
  readonly fill: Fill;
}

/** Tokens that a decoder writes on. */
const WRITE = 6;

/**
 * Asks a model.
 *
 * @param whole the same prompt with all heads on; null while that is what is asked
 */
export function ask(family: Family, prompt: Prompt, removal: Removal, run: Run, whole: Spoken | null): Promise<Spoken> {
  return ASK[family](prompt, removal, run, whole);
}

type Ask = (prompt: Prompt, removal: Removal, run: Run, whole: Spoken | null) => Promise<Spoken>;

const ASK: Readonly<Record<Family, Ask>> = {
  decoder: async ({ source, answer = "", other = "" }, removal, run) => {
    const trace = await run({ source, target: null, watch: [answer, other], write: WRITE, ...removal });
    const watched = trace.target === null ? trace.watched : [];
    const words = watched.map(({ word, piece, probability, logit }) => ({
      piece: word,
      probability,
      logit,
      token: piece,
    }));
    const top = (trace.predictions.at(-1) ?? []).map(chance);
    const text = trace.target === null ? (trace.written?.text ?? "") : "";
    const metric = (words[0]?.logit ?? Number.NaN) - (words[1]?.logit ?? Number.NaN);
    const share = words[0]?.probability ?? Number.NaN;
    const stands = watched[0] !== undefined && watched[0].id === trace.predictions.at(-1)?.[0]?.id;
    const said = { ...readOf(trace), metric, share, stands, words, top, text, milliseconds: trace.milliseconds };
    return { said, trace, target: null, state: null };
  },
  "encoder-decoder": async ({ source }, removal, run, whole) => {
    const written = await run({ source, target: null, ...removal });
    const target = whole?.target ?? written.target?.text ?? "";
    const forced = await run({ source, target, ...removal });
    const said = {
      ...readOf(written),
      metric: -forced.loss,
      share: Math.exp(-forced.loss),
      stands: written.target?.text === target,
      tokens: forced.target === null ? [] : tokenChances(forced),
      text: written.target?.text ?? "",
      milliseconds: written.milliseconds + forced.milliseconds,
    };
    return { said, trace: written, target, state: null };
  },
  encoder: async ({ source }, removal, run, whole) => {
    const trace = await run({ source, target: null, include: ["hidden"], ...removal });
    const state = meanState(trace);
    const metric = whole?.state ? cosine(state, whole.state) : 1;
    const said = { ...readOf(trace), metric, share: metric, stands: true, milliseconds: trace.milliseconds };
    return { said, trace, target: null, state };
  },
};

/** How much was read, and nothing said yet. */
function readOf({ source, cut }: AnyTrace) {
  return { words: [], top: [], tokens: [], text: "", length: source.tokens.length, cut: cut.source } as const;
}

function chance({ piece, probability }: Chance): Chance {
  return { piece, probability };
}

function tokenChances({ target, tokenLoss }: Trace): Chance[] {
  return target.written.map(({ piece }, at) => ({ piece, probability: Math.exp(-(tokenLoss[at] ?? Number.NaN)) }));
}

/** The mean over tokens of the last states. */
function meanState({ hidden }: AnyTrace): Float64Array {
  const states = hidden?.encoder;
  const [, tokens = 0, width = 0] = states?.shape ?? [];
  return meanRow(states?.data.subarray(-tokens * width) ?? new Float32Array(), width);
}
