/**
 * Stored traces: one run of the model as JSON, for the first paint and for readers without a running model.
 *
 * Made by `npm run store`; never edited by hand. Shape: `StoredTrace` for an encoder–decoder, `StoredText` for a model with
 * one stack (version 1 both), and `StoredHidden` beside it where an example keeps its hidden states. When the format changes, raise `VERSION` and run the program again: nothing migrates.
 */
import type { AnyTrace, AttentionKind, RoleScores, Stack, Tensor, TextTrace, Trace } from "../engine/model.ts";

/** The format that `decodeTrace` reads. */
export const VERSION = 1;

/** Numbers in [0, 1] as fixed point: base64 of little-endian uint16, each weight × 65535, at least 1 unless it is 0, row-major. */
export interface StoredWeights {
  readonly shape: readonly number[];
  readonly data: string;
}

/** Role scores with their numbers as a plain list. */
export type StoredRole = Omit<RoleScores, "values" | "role" | "kind"> & {
  readonly role: string;
  readonly kind: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
};

/** What every stored run has. `kind` and the like are plain strings because JSON modules type them so. */
interface StoredCommon {
  readonly version: number;
  readonly id: string;
  readonly model: string;
  readonly source: Trace["source"];
  readonly roles: readonly StoredRole[];
  readonly predictions: Trace["predictions"];
  readonly loss: number;
  readonly tokenLoss: readonly number[];
}

/** One run of an encoder–decoder without its hidden states. */
export interface StoredTrace extends StoredCommon {
  readonly target: Omit<Trace["target"], "origin"> & { readonly origin: string };
  readonly attention: Readonly<Record<AttentionKind, StoredWeights>>;
  readonly logitsShape: readonly number[];
  readonly cut: Trace["cut"];
}

/** One run of a model with one stack, without its hidden states. */
export interface StoredText extends StoredCommon {
  readonly kind: string;
  readonly target: null;
  readonly attention: Readonly<Partial<Record<AttentionKind, StoredWeights>>>;
  readonly written: TextTrace["written"];
  readonly watched: TextTrace["watched"];
  readonly cut: { readonly source: number };
}

/** One run of any model. */
export type StoredRun = StoredTrace | StoredText;

/** Hidden states: base64 of little-endian int16, each layer with its own scale: number = value × scale[layer]. */
export interface StoredHidden {
  readonly version: number;
  readonly id: string;
  readonly hidden: Readonly<Record<Stack, StoredStates>>;
}

/** The states of one stack, `[layer + 1, token, width]`. */
export interface StoredStates {
  readonly shape: readonly number[];
  readonly scale: readonly number[];
  readonly data: string;
}

const WEIGHT_STEPS = 65535;
const STATE_STEPS = 32767;

/** A run as stored under `id`; hidden states and logits are left out. */
export function encodeTrace(id: string, trace: Trace): StoredTrace;
export function encodeTrace(id: string, trace: AnyTrace): StoredRun;
export function encodeTrace(id: string, trace: AnyTrace): StoredRun {
  const common = encodeCommon(id, trace);
  if (trace.target === null) return { ...common, ...encodeText(trace) };
  const { target, attention, logitsShape, cut } = trace;
  return {
    ...common,
    target,
    attention: {
      encoder: encodeWeights(attention.encoder),
      decoder: encodeWeights(attention.decoder),
      cross: encodeWeights(attention.cross),
    },
    logitsShape,
    cut,
  };
}

function encodeText({ kind, attention, written, watched, cut }: TextTrace): Omit<StoredText, keyof StoredCommon> {
  const weights = attention[kind];
  return {
    kind,
    target: null,
    attention: weights ? { [kind]: encodeWeights(weights) } : {},
    written,
    watched: watched.map((word) => ({ ...word, logit: rounded(word.logit), probability: rounded(word.probability) })),
    cut: { source: cut.source },
  };
}

function encodeCommon(id: string, { model, source, roles, predictions, loss, tokenLoss }: AnyTrace): StoredCommon {
  return {
    version: VERSION,
    id,
    model,
    source,
    roles: roles.map(({ role, kind, rows, values }) => ({
      role,
      kind,
      rows,
      shape: values.shape,
      values: Array.from(values.data, rounded),
    })),
    predictions: predictions.map((row) => row.map((entry) => ({ ...entry, probability: rounded(entry.probability) }))),
    loss: rounded(loss),
    tokenLoss: Array.from(tokenLoss, rounded),
  };
}

/** The hidden states of a trace as stored under `id`, or null where it has none. */
export function encodeHidden(id: string, trace: Trace): StoredHidden | null {
  if (!trace.hidden) return null;
  const { encoder, decoder } = trace.hidden;
  return { version: VERSION, id, hidden: { encoder: encodeStates(encoder), decoder: encodeStates(decoder) } };
}

/** The run that was stored, with the hidden states stored beside it where they are given. */
export function decodeTrace(stored: StoredTrace, hidden?: StoredHidden): Trace;
export function decodeTrace(stored: StoredText): TextTrace;
export function decodeTrace(stored: StoredRun, hidden?: StoredHidden): AnyTrace;
export function decodeTrace(stored: StoredRun, hidden?: StoredHidden): AnyTrace {
  expectVersion(stored);
  if (hidden) expectVersion(hidden);
  const common = decodeCommon(stored);
  if (stored.target === null) return { ...common, ...decodeText(stored) };
  const { target, attention, cut, logitsShape } = stored;
  return {
    ...common,
    target: { ...target, origin: target.origin === "typed" ? "typed" : "generated" },
    attention: {
      encoder: decodeWeights(attention.encoder),
      decoder: decodeWeights(attention.decoder),
      cross: decodeWeights(attention.cross),
    },
    logitsShape: [logitsShape[0] ?? 0, logitsShape[1] ?? 0],
    ...(hidden && {
      hidden: { encoder: decodeStates(hidden.hidden.encoder), decoder: decodeStates(hidden.hidden.decoder) },
    }),
    cut,
  };
}

function decodeText({ kind, attention, written, watched, cut }: StoredText) {
  const stack: Stack = kind === "encoder" ? "encoder" : "decoder";
  const weights = attention[stack];
  return {
    kind: stack,
    target: null,
    attention: weights ? { [stack]: decodeWeights(weights) } : {},
    written,
    watched,
    cut: { source: cut.source, target: 0 as const },
  };
}

function decodeCommon({ model, source, roles, predictions, loss, tokenLoss }: StoredRun) {
  return {
    model,
    source,
    roles: roles.map(({ role, kind, rows, shape, values }) => ({
      role: role as RoleScores["role"],
      kind: kind as AttentionKind,
      rows,
      values: { shape, data: Float32Array.from(values) },
    })),
    predictions,
    loss,
    tokenLoss: Float32Array.from(tokenLoss),
    milliseconds: 0,
  };
}

function expectVersion({ version, id }: { readonly version: number; readonly id: string }): void {
  if (version !== VERSION) throw new Error(`${id} is stored in format ${version}, not ${VERSION}: run npm run store`);
}

/** Only what is exactly 0 is stored as 0: a masked cell and a tiny weight are not the same. */
function encodeWeights({ data, shape }: Tensor): StoredWeights {
  const step = (weight: number) => (weight > 0 ? Math.max(1, Math.round(weight * WEIGHT_STEPS)) : 0);
  return { shape, data: toBase64(data.length, (i) => step(data[i] ?? 0)) };
}

function decodeWeights({ data, shape }: StoredWeights): Tensor {
  const view = fromBase64(data);
  const weights = new Float32Array(view.byteLength / 2);
  for (let i = 0; i < weights.length; i += 1) weights[i] = view.getUint16(2 * i, true) / WEIGHT_STEPS;
  return { data: weights, shape };
}

function encodeStates({ data, shape }: Tensor): StoredStates {
  const layers = shape[0] ?? 1;
  const size = data.length / layers;
  const scale = Array.from({ length: layers }, (_, layer) => {
    const states = data.subarray(layer * size, (layer + 1) * size);
    return states.reduce((most, state) => Math.max(most, Math.abs(state)), 0) / STATE_STEPS || 1;
  });
  return {
    shape,
    scale,
    data: toBase64(data.length, (i) => Math.round((data[i] ?? 0) / (scale[Math.floor(i / size)] ?? 1))),
  };
}

function decodeStates({ data, shape, scale }: StoredStates): Tensor {
  const view = fromBase64(data);
  const states = new Float32Array(view.byteLength / 2);
  const size = states.length / scale.length;
  for (let i = 0; i < states.length; i += 1) {
    states[i] = view.getInt16(2 * i, true) * (scale[Math.floor(i / size)] ?? 1);
  }
  return { data: states, shape };
}

/** Five significant digits. */
function rounded(value: number): number {
  return Number(value.toPrecision(5));
}

function toBase64(length: number, at: (index: number) => number): string {
  const view = new DataView(new ArrayBuffer(2 * length));
  for (let i = 0; i < length; i += 1) view.setUint16(2 * i, at(i) & 0xffff, true);
  let binary = "";
  for (let i = 0; i < view.byteLength; i += 1) binary += String.fromCharCode(view.getUint8(i));
  return btoa(binary);
}

function fromBase64(text: string): DataView {
  const binary = atob(text);
  const view = new DataView(new ArrayBuffer(binary.length));
  for (let i = 0; i < binary.length; i += 1) view.setUint8(i, binary.charCodeAt(i));
  return view;
}
