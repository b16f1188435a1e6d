/** What the reader asks of the figure, as plain data: it stands in the URL and names stored answers. */
import { MAX_CHARACTERS } from "../../controls/textBounds.ts";
import { PLAIN, type Question, readQuestion } from "../../views/attribution/question.ts";

export interface PatchQuestion {
  /** The clean text, whose states are put back. */
  readonly source: string;
  /** The text that they are put into. */
  readonly corrupted: string;
  /** Encoder–decoder: what both runs read as written; null for what the model writes for the clean text. */
  readonly target: string | null;
  /** Encoder–decoder: the written token that is followed, by place. */
  readonly place: number;
  /** Decoder: the next word that is followed; empty for the model's own first choice. */
  readonly follow: string;
  /** The word whose logit is taken off; empty for none. */
  readonly against: string;
}

/** A question from a link or a file: each field taken where it is sound, else as in `base`. */
export function readPatch(fields: ReadonlyMap<string, unknown>, base: PatchQuestion): PatchQuestion {
  const { source, target, place, follow, against } = readQuestion(fields, { ...PLAIN, ...base });
  const corrupted = fields.get("corrupted");
  const sound = typeof corrupted === "string" && corrupted.length <= MAX_CHARACTERS;
  return { source, corrupted: sound ? corrupted : base.corrupted, target, place: place ?? base.place, follow, against };
}

/** What of it says which output is followed, for `targetsOf`. */
export function followedIn({ source, target, place, follow, against }: PatchQuestion): Question {
  return { ...PLAIN, source, target, place, follow: follow.trim(), against: against.trim() };
}
