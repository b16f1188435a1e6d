/** Which outputs of a stack an evaluation asks for, and how they are put together over its runs. */
import type { ByKind, ByStack, EvaluateRequest, Evaluation, GradientKind } from "../../gradient.ts";
import type { AttentionKind, Stack, Tensor } from "../../model.ts";
import { gradientName } from "../edits.ts";
import type { StackSession } from "../stack.ts";
import { pick } from "../tensors.ts";

/** Where in an `Evaluation` a tensor stands. */
type Place = "hidden" | "attention" | `gradients.${GradientKind}`;

/** Outputs that become one tensor of an evaluation. */
export interface Wanted {
  readonly place: Place;
  readonly key: Stack | AttentionKind;
  readonly names: readonly string[];
  /** One output a layer, which get an axis; otherwise one output that has all axes. */
  readonly layered: boolean;
}

/** The states and weights that a request includes, of one stack. */
export function includedOf(session: StackSession, { include = [] }: EvaluateRequest): Wanted[] {
  const { stack } = session.parts;
  return [
    ...(include.includes("hidden") ? [layered("hidden", stack, session.hiddenNames())] : []),
    ...(include.includes("attention")
      ? kindsIn(session).map((kind) => layered("attention", kind, session.attentionNames(kind)))
      : []),
  ];
}

/** The gradients that a request asks for, of one stack. */
export function gradientsOf(session: StackSession, { gradients = [] }: EvaluateRequest): Wanted[] {
  const { stack } = session.parts;
  const kinds = kindsIn(session);
  const table: Readonly<Record<GradientKind, () => Wanted[]>> = {
    embeddings: () => [whole("gradients.embeddings", stack, `grad.embeddings.${stack}`)],
    hidden: () => [layered("gradients.hidden", stack, session.hiddenNames().map(gradientName))],
    attention: () =>
      kinds.map((kind) => layered("gradients.attention", kind, session.attentionNames(kind).map(gradientName))),
    gates: () => kinds.map((kind) => whole("gradients.gates", kind, `grad.gate.${kind}`)),
  };
  return [...new Set(gradients)].flatMap((kind) => table[kind]());
}

function kindsIn({ parts }: StackSession): AttentionKind[] {
  return [...new Set(parts.attentions.map(({ kind }) => kind))];
}

function layered(place: Place, key: Wanted["key"], names: readonly string[]): Wanted {
  return { place, key, names, layered: true };
}

function whole(place: Place, key: Wanted["key"], name: string): Wanted {
  return { place, key, names: [name], layered: false };
}

/** Fills the tensors of an evaluation, some points at a time. */
export class Collected {
  private readonly points: number;
  private readonly tensors = new Map<Place, Map<string, Tensor>>();

  constructor(points: number) {
    this.points = points;
  }

  /** Takes the results of a run for `count` points from `from` on; a run of one text stands for all of them. */
  add(wanted: readonly Wanted[], results: Readonly<Record<string, Tensor>>, from: number, count: number): void {
    for (const item of wanted) {
      item.names.forEach((name, layer) => {
        this.write(item, pick(results, name), layer, from, count);
      });
    }
  }

  /** All tensors so far, as an evaluation holds them. */
  result(): Pick<Evaluation, "gradients" | "hidden" | "attention"> {
    const of = <T extends ByStack | ByKind>(place: Place): T | undefined => {
      const tensors = this.tensors.get(place);
      return tensors && (Object.fromEntries(tensors) as T);
    };
    const [hidden, attention] = [of<ByStack>("hidden"), of<ByKind>("attention")];
    const gradients = {
      embeddings: of<ByStack>("gradients.embeddings"),
      hidden: of<ByStack>("gradients.hidden"),
      attention: of<ByKind>("gradients.attention"),
      gates: of<ByKind>("gradients.gates"),
    };
    return { gradients: present(gradients), ...present({ hidden, attention }) };
  }

  private write({ place, key, names, layered }: Wanted, tensor: Tensor, layer: number, from: number, count: number) {
    const batch = tensor.shape[0] ?? 1;
    const rest = tensor.shape.slice(1);
    const size = tensor.data.length / Math.max(1, batch);
    const layers = layered ? names.length : 1;
    const { data } = this.tensor(place, key, layered ? [layers, ...rest] : rest);
    for (let point = 0; point < count; point += 1) {
      const at = batch === 1 ? 0 : point * size;
      data.set(tensor.data.subarray(at, at + size), ((from + point) * layers + layer) * size);
    }
  }

  private tensor(place: Place, key: string, rest: readonly number[]): Tensor {
    const tensors = this.tensors.get(place) ?? new Map<string, Tensor>();
    this.tensors.set(place, tensors);
    const shape = [this.points, ...rest];
    const tensor = tensors.get(key) ?? { data: new Float32Array(shape.reduce((all, size) => all * size, 1)), shape };
    tensors.set(key, tensor);
    return tensor;
  }
}

/** Without the entries that are undefined. */
function present<T extends object>(entries: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as never;
}
