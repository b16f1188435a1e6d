/** What the figure says in words. */
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

/** Where most comes back, layer by layer, from the lowest to the highest. */
function wholeText(patched: Patched): string {
  const { study } = patched;
  const sides = study.clean.target === null ? (["source"] as const) : (["source", "target"] as const);
  return sides
    .map((side) => {
      const layers = (study.recovered[side]?.shape[0] ?? 1) - 1;
      const stack = study.clean.target === null ? "" : side === "source" ? "Encoder: " : "Decoder: ";
      const best = [...new Set([0, Math.min(1, layers), layers])].map((layer) => bestText(patched, side, layer));
      return `${stack}most comes back from ${best.join("; ")}.`;
    })
    .map((text) => `${text[0]?.toUpperCase()}${text.slice(1)}`)
    .join(" ");
}

function bestText(patched: Patched, side: Spot["side"], layer: number): string {
  const spot = mostAt(patched, side, layer);
  if (!spot) return "no state";
  const token = patched.study.clean[side]?.[spot.token];
  return `${stationText(layer)} at ${quoted(token?.piece ?? "")}, ${shareText(recoveredAt(patched.study, spot))}`;
}

/** That two texts of different lengths have no states to exchange; null while they fit or it is not known. */
export function countNotice(clean: number | null, corrupted: number | null): string | null {
  if (clean === null || corrupted === null || clean === corrupted) return null;
  return `Both texts need as many tokens, so that each state has its counterpart: the clean one has ${clean}, the corrupted one ${corrupted}.`;
}
