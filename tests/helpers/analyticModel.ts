/**
 * A model whose number is a polynomial: its gradient, its integrated gradients and its Shapley values can be written down.
 *
 * Every word is a token; a decoder reads `<s>` before its text, an encoder–decoder writes `</s>` behind its target. The followed
 * number is Σ a·z + Σ over pairs q·z·z' + c·(Σ z)⁴ over the tokens within reach, with z = u · embedding of a token.
 */
import type { ByStack, EvaluateRequest, Evaluation, Inputs, Target } from "../../src/engine/gradient.ts";
import type { Family, Model, ModelInfo, RunRequest, Stack, Tensor, Token } from "../../src/engine/model.ts";
import { attentionOf, tokensOf } from "./traces.ts";

const WIDTH = 3;
const LAYERS = 2;
const HEADS = 2;
/** What an embedding is multiplied with. */
export const DIRECTION = [0.5, -0.25, 1] as const;

/** One place of a run: its token and its z. */
interface Place {
  readonly stack: Stack;
  readonly at: number;
}

/** The polynomial's parts for a token id. */
export interface Parts {
  readonly alone: (place: number) => number;
  readonly pair: (a: number, b: number) => number;
  readonly fourth: number;
}

/** A polynomial that differs by id; `fourth` is its part that pairs cannot hold. */
export function partsOf(id: number, fourth = 0): Parts {
  return {
    alone: (place) => 1 + id * 0.25 - place * 0.5,
    pair: (a, b) => ((a + 2 * b + id) % 3) * 0.25 - 0.25,
    fourth,
  };
}

export class AnalyticModel implements Model {
  readonly info: ModelInfo;
  /** What `evaluate` was asked for. */
  readonly asked: EvaluateRequest[] = [];
  private readonly fourth: number;

  constructor(family: Family, fourth = 0) {
    this.fourth = fourth;
    const reads = family === "decoder" ? 0 : LAYERS;
    const writes = family === "encoder" ? 0 : LAYERS;
    this.info = {
      id: `analytic-${family}`,
      name: "Polynomial",
      family,
      architecture: "none",
      layers: { encoder: reads, decoder: writes },
      heads: HEADS,
      width: WIDTH,
      headWidth: 1,
      vocabulary: 10,
      parameters: 0,
      limits: { source: 20, target: 20 },
      instruction: "",
      bytes: 0,
    };
  }

  trace(): never {
    throw new Error("a polynomial leaves no trace");
  }
  inspect(): never {
    throw new Error("a polynomial has no heads");
  }
  randomised(): never {
    throw new Error("a polynomial has no weights");
  }
  decode(ids: readonly number[]) {
    const tokens = tokensOf(ids.map((id) => `▁w${id}`));
    return { text: tokens.map(({ text }) => text).join(" "), tokens };
  }

  tokenize(text: string, side: "source" | "target" = "source"): Token[] {
    const words = text.split(" ").map((word) => `▁${word}`);
    const start = side === "source" && this.info.family === "decoder" ? ["<s>"] : [];
    const end = side === "target" ? ["</s>"] : [];
    return tokensOf([...start, ...words, ...end]);
  }

  async inputs(run: RunRequest, baseline: { readonly kind: string } = { kind: "pad" }): Promise<Inputs> {
    const source = this.tokenize(run.source);
    const read = this.read(run);
    const rows = (of: (token: Token, place: number) => number[]): ByStack => ({
      [this.stacks()[0] ?? "encoder"]: table(source, of),
      ...(read && { decoder: table(read, of) }),
    });
    const away = baseline.kind === "zero" ? [0, 0, 0] : [0.1, 0.2, -0.1];
    return {
      source,
      target: read && { read, written: this.tokenize(run.target ?? "", "target") },
      embeddings: rows(embedding),
      baseline: rows((token, place) => (token.special ? embedding(token, place) : away)),
    };
  }

  async evaluate(request: EvaluateRequest, onStep: (points: number) => unknown = () => {}): Promise<Evaluation> {
    this.asked.push(request);
    await onStep(0);
    const { embeddings, source, target } = await this.inputs(request.run);
    const sizes = { source: source.length, target: target?.read.length ?? 0 };
    const points = Array.from({ length: request.points }, (_, point) => this.pointOf(request, embeddings, point));
    const stacks = this.stacks();
    const backward = request.gradients?.length ? request.points : 0;
    const gradient = byStack(stacks, (stack) => stackedRows(points.map(({ gradients }) => gradients[stack] ?? [])));
    const states = byStack(stacks, (stack) => stackedRows(points.map(({ moved }) => moved[stack] ?? [])));
    return {
      values: Float32Array.from(points, ({ value }) => value),
      gradients: {
        ...(request.gradients?.includes("embeddings") && { embeddings: gradient }),
        ...(request.gradients?.includes("hidden") && { hidden: inLayers(gradient, (layer) => 1 / (layer + 1)) }),
        ...(request.gradients?.includes("attention") && { attention: this.attention(request, sizes, slope) }),
        ...(request.gradients?.includes("gates") && { gates: { [stacks[0] ?? "encoder"]: gates(request.points) } }),
      },
      ...(request.include?.includes("hidden") && { hidden: inLayers(states, (layer) => layer + 1) }),
      ...(request.include?.includes("attention") && { attention: this.attention(request, sizes, weight) }),
      cost: { forward: request.points, backward, milliseconds: 1 },
    };
  }

  /** The polynomial of a target, over the z of all places. */
  value(target: Target, z: readonly number[], reach: (place: number) => boolean): number {
    if (target.kind === "similarity") return this.of(0, z, reach);
    return this.of(target.id, z, reach) - (target.against === undefined ? 0 : this.of(target.against, z, reach));
  }

  private of(id: number, z: readonly number[], reach: (place: number) => boolean): number {
    const { alone, pair, fourth } = partsOf(id, this.fourth);
    let value = 0;
    let sum = 0;
    for (const [a, za] of z.entries()) {
      if (!reach(a)) continue;
      value += alone(a) * za;
      sum += za;
      for (let b = a + 1; b < z.length; b++) if (reach(b)) value += pair(a, b) * za * (z[b] ?? 0);
    }
    return value + fourth * sum ** 4;
  }

  private stacks(): Stack[] {
    const { family } = this.info;
    return family === "encoder-decoder" ? ["encoder", "decoder"] : [family];
  }

  private read(run: RunRequest): Token[] | null {
    if (this.info.family !== "encoder-decoder") return null;
    return [...tokensOf(["<pad>"]), ...this.tokenize(run.target ?? "", "target").slice(0, -1)];
  }

  /** One point: where its places stand, the number there, and the slope by each place times the direction. */
  private pointOf(request: EvaluateRequest, embeddings: ByStack, point: number) {
    const moved: Partial<Record<Stack, number[][]>> = {};
    for (const stack of this.stacks()) moved[stack] = movedRows(request, embeddings, stack, point);
    const places: Place[] = this.stacks().flatMap((stack) => (moved[stack] ?? []).map((_, at) => ({ stack, at })));
    const z = places.map(({ stack, at }) => dot(moved[stack]?.[at] ?? []));
    const target = request.targets[request.targets.length === 1 ? 0 : point];
    if (!target) throw new Error("no target");
    const reach = (place: number) => {
      const { stack, at } = places[place] ?? { stack: "encoder", at: 0 };
      return stack === "encoder" || target.kind === "similarity" || at <= target.row;
    };
    const gradients: Partial<Record<Stack, number[][]>> = {};
    for (const stack of this.stacks()) gradients[stack] = [];
    for (const [place, { stack }] of places.entries()) {
      // The polynomial is of degree 4 in each z: five points give its slope exactly, up to rounding.
      const at = (by: number) => this.value(target, z.with(place, (z[place] ?? 0) + by), reach);
      const rise = (8 * (at(0.5) - at(-0.5)) - (at(1) - at(-1))) / 6;
      gradients[stack]?.push(DIRECTION.map((part) => part * rise));
    }
    return { value: this.value(target, z, reach), gradients, moved };
  }

  private attention(request: EvaluateRequest, sizes: { source: number; target: number }, of: typeof weight) {
    const made = (queries: number, keys: number): Tensor => {
      const one = of([LAYERS, HEADS, queries, keys]);
      const data = Float32Array.from(
        { length: request.points * one.data.length },
        (_, i) => one.data[i % one.data.length] ?? 0,
      );
      return { data, shape: [request.points, ...one.shape] };
    };
    const { source, target } = sizes;
    if (target === 0) return { [this.stacks()[0] ?? "encoder"]: made(source, source) };
    return { encoder: made(source, source), decoder: made(target, target), cross: made(target, source) };
  }
}

function weight(shape: readonly [number, number, number, number]): Tensor {
  return attentionOf(shape, (layer, head, query, key) => 1 + ((layer + 2 * head + 3 * query + 5 * key) % 7));
}

function slope(shape: readonly [number, number, number, number]): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return { data: Float32Array.from({ length: size }, (_, i) => ((i * 7) % 11) - 5), shape };
}

function gates(points: number): Tensor {
  const size = points * LAYERS * HEADS;
  return { data: Float32Array.from({ length: size }, (_, i) => i - 2), shape: [points, LAYERS, HEADS] };
}

/** The embedding of a token, which here differs by place. */
function embedding({ id }: Token, place: number): number[] {
  return [1 + (id % 4), 0.5 * place, 0.25 * id - 0.25];
}

/** z of a row. */
export function dot(row: readonly number[]): number {
  return DIRECTION.reduce((sum, part, i) => sum + part * (row[i] ?? 0), 0);
}

function table(tokens: readonly Token[], of: (token: Token, place: number) => number[]): Tensor {
  return { data: Float32Array.from(tokens.flatMap(of)), shape: [tokens.length, WIDTH] };
}

function movedRows({ shifts = [] }: EvaluateRequest, embeddings: ByStack, stack: Stack, point: number): number[][] {
  const { data, shape } = embeddings[stack] ?? { data: new Float32Array(), shape: [0] };
  const tokens = shape[0] ?? 0;
  return Array.from({ length: tokens }, (_, at) =>
    DIRECTION.map((_, i) =>
      shifts
        .filter((shift) => shift.stack === stack && shift.at === "embeddings")
        .reduce((sum, { by }) => sum + (by.data[(point * tokens + at) * WIDTH + i] ?? 0), data[at * WIDTH + i] ?? 0),
    ),
  );
}

function stackedRows(points: readonly (readonly (readonly number[])[])[]): Tensor {
  return { data: Float32Array.from(points.flat(2)), shape: [points.length, points[0]?.length ?? 0, WIDTH] };
}

function byStack(stacks: readonly Stack[], of: (stack: Stack) => Tensor): ByStack {
  return Object.fromEntries(stacks.map((stack) => [stack, of(stack)]));
}

/** `[point, token, width]` as `[point, layer + 1, token, width]`, each layer times a factor. */
function inLayers(tensors: ByStack, factor: (layer: number) => number): ByStack {
  const layered = ({ data, shape: [points = 0, tokens = 0] }: Tensor): Tensor => {
    const size = tokens * WIDTH;
    const all = Array.from({ length: points }, (_, point) =>
      Array.from({ length: LAYERS + 1 }, (_, layer) =>
        Array.from(data.subarray(point * size, (point + 1) * size), (value) => value * factor(layer)),
      ),
    );
    return { data: Float32Array.from(all.flat(2)), shape: [points, LAYERS + 1, tokens, WIDTH] };
  };
  return Object.fromEntries(Object.entries(tensors).map(([stack, tensor]) => [stack, layered(tensor)]));
}
