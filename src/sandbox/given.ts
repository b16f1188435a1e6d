import type { Alignment, AnyTrace, AttentionKind, Tensor } from "../engine/model.ts";
import type { GivenTrace } from "./protocol.ts";

/** What of a run goes into the frame: its arrays are copied, so that they can be transferred. */
export function givenOf(trace: AnyTrace, gold: Alignment | null = null): GivenTrace {
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
  };
}

/** The memory of a trace's arrays, to be transferred with it. */
export function buffersOf({ attention, roles }: GivenTrace): ArrayBuffer[] {
  const tensors = [...Object.values(attention), ...roles.map(({ values }) => values)];
  return tensors.map(({ data }) => data.buffer as ArrayBuffer);
}

function copied({ data, shape }: Tensor): Tensor {
  return { data: data.slice(), shape };
}
