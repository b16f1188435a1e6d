/** The tokens that a model's format puts in front of a text and behind it, as the post-processor of `tokenizer.json` says. */
import { unfitTokenizer } from "./unfit.ts";

/** Ids in the order in which the model reads them. */
export interface Framing {
  readonly front: readonly number[];
  readonly behind: readonly number[];
}

const NONE: Framing = { front: [], behind: [] };

/** Reads a post-processor; null stands for none. Throws "graph" for one of an unknown kind. */
export function framingOf(processor: unknown): Framing {
  const json: Readonly<Record<string, unknown>> = Object(processor);
  switch (json.type) {
    case undefined:
    case "ByteLevel":
      return NONE;
    case "BertProcessing":
    case "RobertaProcessing":
      return { front: [idOf(json.cls)], behind: [idOf(json.sep)] };
    case "TemplateProcessing":
      return templateFraming(listOf(json.single), Object(json.special_tokens));
    case "Sequence":
      return listOf(json.processors).map(framingOf).reduce(around, NONE);
    default:
      throw unfitTokenizer(`its post-processor is a ${String(json.type)}`);
  }
}

/** A later processor puts its tokens around those of the ones before it. */
function around(inner: Framing, outer: Framing): Framing {
  return { front: [...outer.front, ...inner.front], behind: [...inner.behind, ...outer.behind] };
}

function templateFraming(items: readonly unknown[], specials: Readonly<Record<string, unknown>>): Framing {
  const text = items.findIndex((item) => "Sequence" in Object(item));
  if (text < 0) throw unfitTokenizer("its template has no place for the text");
  const ids = (some: readonly unknown[]) => some.flatMap((item) => templateIds(item, specials));
  return { front: ids(items.slice(0, text)), behind: ids(items.slice(text + 1)) };
}

function templateIds(item: unknown, specials: Readonly<Record<string, unknown>>): number[] {
  const name = Object(Object(item).SpecialToken).id;
  const ids: unknown = Object(specials[String(name)]).ids;
  if (!Array.isArray(ids)) throw unfitTokenizer(`its template names ${String(name)}, which has no ids`);
  return ids.map(Number);
}

/** The id in a pair of piece and id. */
function idOf(pair: unknown): number {
  const id: unknown = Object(pair)[1];
  if (typeof id !== "number") throw unfitTokenizer("its post-processor names a token without an id");
  return id;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
