/**
 * Stored traces: one run of the model as JSON, for the first paint and for readers without a running model.
 *
 * Made by `npm run store`; never edited by hand. Shape: `StoredTrace` (version 1), and `StoredHidden` beside it where an
 * example keeps its hidden states. When the format changes, raise `VERSION` and run the program again: nothing migrates.
 */
import type { AttentionKind, RoleScores, Stack, Tensor, Trace } from "../engine/model.ts";

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

/** One run without its hidden states. `origin` and the like are plain strings because JSON modules type them so. */
export interface StoredTrace {
  readonly version: number;
  readonly id: string;
  readonly model: string;
  readonly source: Trace["source"];
  readonly target: Omit<Trace["target"], "origin"> & { readonly origin: string };
  readonly attention: Readonly<Record<AttentionKind, StoredWeights>>;
  readonly roles: readonly StoredRole[];
  readonly predictions: Trace["predictions"];
  readonly loss: number;
  readonly tokenLoss: readonly number[];
  readonly logitsShape: readonly number[];
  readonly cut: Trace["cut"];
}

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

/** A trace as stored under `id`; hidden states and logits are left out. */
export function encodeTrace(id: string, trace: Trace): StoredTrace {
  const { model, source, target, attention, roles, predictions, tokenLoss, logitsShape, cut } = trace;
  return {
    version: VERSION,
    id,
    model,
    source,
    target,
    attention: {
      encoder: encodeWeights(attention.encoder),
      decoder: encodeWeights(attention.decoder),
      cross: encodeWeights(attention.cross),
    },
    roles: roles.map(({ role, kind, rows, values }) => ({
      role,
      kind,
      rows,
      shape: values.shape,
      values: Array.from(values.data, rounded),
    })),
    predictions: predictions.map((row) => row.map((entry) => ({ ...entry, probability: rounded(entry.probability) }))),
    loss: rounded(trace.loss),
    tokenLoss: Array.from(tokenLoss, rounded),
    logitsShape,
    cut,
  };
}

/** The hidden states of a trace as stored under `id`, or null where it has none. */
export function encodeHidden(id: string, trace: Trace): StoredHidden | null {
  if (!trace.hidden) return null;
  const { encoder, decoder } = trace.hidden;
  return { version: VERSION, id, hidden: { encoder: encodeStates(encoder), decoder: encodeStates(decoder) } };
}

/** The trace that was stored, with the hidden states stored beside it where they are given. */
export function decodeTrace(stored: StoredTrace, hidden?: StoredHidden): Trace {
  expectVersion(stored);
  if (hidden) expectVersion(hidden);
  const { model, source, target, attention, predictions, loss, cut, logitsShape } = stored;
  return {
    model,
    source,
    target: { ...target, origin: target.origin === "typed" ? "typed" : "generated" },
    attention: {
      encoder: decodeWeights(attention.encoder),
      decoder: decodeWeights(attention.decoder),
      cross: decodeWeights(attention.cross),
    },
    roles: stored.roles.map(({ role, kind, rows, shape, values }) => ({
      role: role as RoleScores["role"],
      kind: kind as AttentionKind,
      rows,
      values: { shape, data: Float32Array.from(values) },
    })),
    predictions,
    loss,
    tokenLoss: Float32Array.from(stored.tokenLoss),
    logitsShape: [logitsShape[0] ?? 0, logitsShape[1] ?? 0],
    ...(hidden && {
      hidden: { encoder: decodeStates(hidden.hidden.encoder), decoder: decodeStates(hidden.hidden.decoder) },
    }),
    cut,
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
