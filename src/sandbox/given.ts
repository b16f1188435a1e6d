import type { ByStack } from "../engine/gradient.ts";
import type { Alignment, AnyTrace, AttentionKind, Stack, Tensor } from "../engine/model.ts";
import { type GivenGradients, type GivenTrace, LIMITS } from "./protocol.ts";

/** What a run can be given besides. */
export interface Besides {
  readonly gold?: Alignment | null;
  readonly gradients?: GivenGradients | null;
}

/** What of a run goes into the frame: its arrays are copied, so that they can be transferred. */
export function givenOf(trace: AnyTrace, { gold = null, gradients = null }: Besides = {}): GivenTrace {
  const { target } = trace;
  const attention: Partial<Record<AttentionKind, Tensor>> = {};
  for (const kind of ["encoder", "decoder", "cross"] as const) {
    const tensor = trace.attention[kind];
    if (tensor) attention[kind] = copied(tensor);
  }
  return {
    model: trace.model,
    source: trace.source.tokens,
    written: target?.written ?? [],
    read: target?.read ?? [],
    attention,
    roles: trace.roles.map((scores) => ({ ...scores, values: copied(scores.values) })),
    gold,
    gradients: gradients && sizeOf(gradients) <= LIMITS.gradients ? copies(gradients) : null,
  };
}

/** The memory of a trace's arrays, to be transferred with it. */
export function buffersOf({ attention, roles, gradients }: GivenTrace): ArrayBuffer[] {
  const tensors = [...Object.values(attention), ...roles.map(({ values }) => values), ...tensorsOf(gradients)];
  return tensors.map(({ data }) => data.buffer as ArrayBuffer);
}

function copies({ embeddings, gradients }: GivenGradients): GivenGradients {
  return { embeddings: copiedStacks(embeddings), gradients: copiedStacks(gradients) };
}

function copiedStacks(stacks: ByStack): ByStack {
  const copy: Partial<Record<Stack, Tensor>> = {};
  for (const stack of ["encoder", "decoder"] as const) if (stacks[stack]) copy[stack] = copied(stacks[stack]);
  return copy;
}

function tensorsOf(given: GivenGradients | null): Tensor[] {
  return given ? [...Object.values(given.embeddings), ...Object.values(given.gradients)] : [];
}

function sizeOf(given: GivenGradients): number {
  return tensorsOf(given).reduce((sum, { data }) => sum + data.length, 0);
}

function copied({ data, shape }: Tensor): Tensor {
  return { data: data.slice(), shape };
}
