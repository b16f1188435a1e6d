/** What the figure says in words. */
import { listText } from "../../../lib/format.ts";
import { quoted } from "../../views/tokens/face.ts";
import type { Patched } from "./askPatching.ts";
import { mostAt, recoveredAt, type Spot } from "./maps.ts";

/** A share that comes back, as percent with its sign. */
export function shareText(share: number): string {
  const percent = Math.round(share * 100);
  return `${percent < 0 ? "−" : ""}${Math.abs(percent)} %`;
}

/** What the number says of the output: “Mary” leads “John” by 15.3. */
export function valueText(value: number, followed: string, against: string): string {
  const size = Math.abs(value).toFixed(1);
  if (against === "") return `the logit of ${quoted(followed)} is ${value < 0 ? "−" : ""}${size}`;
  const [first, second] = value < 0 ? [against, followed] : [followed, against];
  return `${quoted(first)} leads ${quoted(second)} by ${size}`;
}

/** The number after a patch: the corrupted run's, and the share of the difference on top. */
export function patchedValue({ study }: Patched, spot: Spot): number {
  const { clean, corrupted } = study.values;
  return corrupted + recoveredAt(study, spot) * (clean - corrupted);
}

/** "the output of layer 2", "the embedding". */
export function stationText(layer: number): string {
  return layer === 0 ? "the embedding" : `the output of layer ${layer}`;
}

/** The sentence under the picture, of a state that is looked at or of the whole. */
export function readingOf(patched: Patched, against: string, spot: Spot | null): string {
  return spot ? spotText(patched, against, spot) : wholeText(patched);
}

function spotText(patched: Patched, against: string, spot: Spot): string {
  const { study, followed } = patched;
  const share = recoveredAt(study, spot);
  const where = `${stationText(spot.layer)} at ${tokenText(patched, spot)}`;
  const then = valueText(patchedValue(patched, spot), followed, against);
  return `With ${where} put back, ${then}: ${shareText(share)} of the difference comes back.${remark(share)}`;
}

function remark(share: number): string {
  if (share < -0.005) return " Below 0: the answer is farther from the clean one than before.";
  return share > 1.005 ? " Above 100: it overshoots the clean run." : "";
}

/** The clean token, and what stands in its place where that differs. */
function tokenText({ study }: Patched, { side, token }: Spot): string {
  const [clean, corrupted] = [study.clean[side]?.[token], study.corrupted[side]?.[token]];
  if (!clean || !corrupted) return "";
  const place = `token ${token + 1}`;
  return clean.id === corrupted.id
    ? `${quoted(clean.piece)} (${place})`
    : `${quoted(clean.piece)} (${place}, in the place of ${quoted(corrupted.piece)})`;
}

/** Where most comes back, from the lowest layer to the highest. */
function wholeText(patched: Patched): string {
  const { study } = patched;
  if (study.clean.target === null) return `Most comes back ${stretchesText(patched, "source")}.`;
  const stack = (name: string, side: Spot["side"]) => `${name}: most comes back ${stretchesText(patched, side)}.`;
  return `${stack("Encoder", "source")} ${stack("Decoder", "target")}`;
}

/** Layers on end in which the same token brings back most. */
interface Stretch {
  readonly token: number | null;
  readonly from: number;
  readonly to: number;
}

/** Less than this comes back is nothing. */
const NOTHING = 0.005;

function stretchesOf(patched: Patched, side: Spot["side"]): Stretch[] {
  const stretches: Stretch[] = [];
  const count = patched.study.recovered[side]?.shape[0] ?? 0;
  for (let layer = 0; layer < count; layer++) {
    const best = mostAt(patched, side, layer);
    const token = best && recoveredAt(patched.study, best) >= NOTHING ? best.token : null;
    const last = stretches.at(-1);
    if (last && last.token === token && last.from > 0) stretches[stretches.length - 1] = { ...last, to: layer };
    else stretches.push({ token, from: layer, to: layer });
  }
  return stretches;
}

/** "at “John” in the embeddings (100 %), at “to” after layers 1 to 4 (81 to 100 %)". */
function stretchesText(patched: Patched, side: Spot["side"]): string {
  const told = stretchesOf(patched, side).filter(({ token }) => token !== null);
  if (told.length === 0) return "nowhere";
  const parts = told.map(({ token, from, to }) => {
    const at = token ?? 0;
    const [low, high] = [from, to].map((layer) => shareText(recoveredAt(patched.study, { side, layer, token: at })));
    const shares = low === high ? low : `${low} to ${high}`;
    const piece = quoted(patched.study.clean[side]?.[at]?.piece ?? "");
    return `at ${piece} ${layersText(from, to)} (${shares})`;
  });
  return listText(parts);
}

function layersText(from: number, to: number): string {
  if (from === 0) return "in the embeddings";
  return from === to ? `after layer ${from}` : `after layers ${from} to ${to}`;
}

/** That two texts of different lengths have no states to exchange; null while they fit or it is not known. */
export function countNotice(clean: number | null, corrupted: number | null): string | null {
  if (clean === null || corrupted === null || clean === corrupted) return null;
  return `Both texts need as many tokens, so that each state has its counterpart: the clean one has ${clean}, the corrupted one ${corrupted}.`;
}
