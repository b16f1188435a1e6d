import { ENTRIES, type EntryKey } from "./entries.ts";
import type { Sizes } from "./shape.ts";
import type { Choice } from "./slice.ts";
import type { Place } from "./strip.ts";
import { clamp } from "./window.ts";

/** The choice held to the sizes of the unfolded entry. */
export function fitChoice(choice: Choice, open: EntryKey | null, sizes: Sizes): Choice {
  if (open === null) return choice;
  if (open === "loss") return { ...choice, row: clamp(choice.row, sizes.target) };
  const { tuple, axes } = ENTRIES[open].shape(sizes);
  const heads = axes.find((axis) => axis.name === "heads");
  return {
    layer: tuple ? clamp(choice.layer, tuple.size) : choice.layer,
    head: heads ? clamp(choice.head, heads.size) : choice.head,
    row: clamp(choice.row, axes.at(-2)?.size ?? 1),
    column: clamp(choice.column, axes.at(-1)?.size ?? 1),
  };
}

/** What clicking a token chooses in the unfolded entry: its row, or its column where tokens are looked at. */
export function choiceAt(place: Place, open: EntryKey | null): Partial<Choice> {
  if (open === null) return {};
  const inSource = place.line === "source";
  const { numbers } = ENTRIES[open];
  if (numbers.form === "attention" && numbers.kind === "cross") {
    return inSource ? { column: place.index } : { row: place.index };
  }
  const rowsInSource =
    (numbers.form === "attention" && numbers.kind === "encoder") ||
    (numbers.form === "hidden" && numbers.stack === "encoder");
  return inSource === rowsInSource ? { row: place.index } : {};
}
