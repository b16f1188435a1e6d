import { useEffect, useRef } from "preact/hooks";
import type { HeadRef } from "../../../engine/model.ts";
import { roveFocus } from "../../controls/roving.ts";
import { measureName, shortScore } from "./measures.ts";
import type { HeadScore } from "./scores.ts";
import type { Ranking } from "./state.ts";
import { headName, sameHead } from "./words.ts";

interface HeadMapProps {
  readonly ranking: Ranking;
  readonly chosen: HeadRef;
  readonly isTaught: (ref: HeadRef) => boolean;
  readonly onPick: (ref: HeadRef) => void;
}

/** From so many layers on the map scrolls; from so many heads in a layer its cells are narrow. */
const MANY_LAYERS = 12;
const MANY_HEADS = 6;

/** All layers × heads: colour by score, the best head starred, taught ones in a broken frame. Arrow keys go from head to head. */
export function HeadMap(props: HeadMapProps) {
  const { heads, measure } = props.ranking;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => bringCell(box.current), [props.chosen.layer, heads]);
  const width = 1 + Math.max(...heads.map(({ ref }) => ref.head));
  const layers = Array.from({ length: Math.ceil(heads.length / width) }, (_, layer) =>
    heads.slice(layer * width, (layer + 1) * width),
  );
  return (
    <div class="uh-jobs-map-box" ref={box}>
      <table class="uh-jobs-map" onKeyDown={(event) => roveFocus(event, width)}>
        <caption class="uh-unseen">{measureName(measure)}, every layer and head: choose one to see its matrix</caption>
        <thead>
          <tr>
            <td class="uh-jobs-corner">layer ↓ head →</td>
            {layers[0]?.map(({ ref }) => (
              <th key={ref.head} scope="col">
                {ref.head + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {layers.map((row, layer) => (
            <tr key={row[0]?.ref.layer}>
              <th scope="row">{layer + 1}</th>
              {row.map((head) => (
                <td key={head.ref.head}>
                  <MapCell {...props} score={head} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Scrolls a map that is taller than its box to the chosen head, never the page. */
function bringCell(box: HTMLElement | null): void {
  const row = box?.querySelector<HTMLElement>("[data-chosen]")?.closest<HTMLElement>("tr");
  if (!box || !row) return;
  const outside = row.offsetTop < box.scrollTop || row.offsetTop + row.clientHeight > box.scrollTop + box.clientHeight;
  if (outside) box.scrollTop = row.offsetTop - (box.clientHeight - row.clientHeight) / 2;
}

/** How much room the heads need, in words that the style sheet knows. */
export function crowdOf(heads: readonly HeadScore[]): "few" | "some" | "many" {
  const last = heads.at(-1)?.ref ?? { layer: 0, head: 0 };
  if (last.layer >= MANY_LAYERS) return "many";
  return last.head >= MANY_HEADS ? "some" : "few";
}

function MapCell(props: HeadMapProps & { score: HeadScore }) {
  const { ranking, score, chosen } = props;
  const { ref, mean } = score;
  const best = sameHead(ref, ranking.best.ref);
  const isChosen = sameHead(ref, chosen);
  const taught = props.isTaught(ref);
  const said = cellWords(ranking, score, best, taught);
  return (
    <button
      type="button"
      class="uh-jobs-cell"
      data-rove
      data-best={best || undefined}
      data-chosen={isChosen || undefined}
      tabIndex={isChosen ? 0 : -1}
      aria-pressed={isChosen}
      aria-label={said}
      title={said}
      onClick={() => props.onPick(ref)}
    >
      <svg viewBox="0 0 10 10" class="uh-jobs-square" aria-hidden="true" preserveAspectRatio="none">
        <rect class="uh-jobs-fill" width="10" height="10" fill-opacity={level(mean / ranking.top)} />
        {taught && <rect class="uh-jobs-taught" x="0.7" y="0.7" width="8.6" height="8.6" />}
      </svg>
      <span class="uh-jobs-number">{shortScore(ranking.measure, mean)}</span>
    </button>
  );
}

/** The cell in words; its number as it stands in the cell, so that voice control finds it. */
function cellWords({ measure }: Ranking, { ref, mean, low, high }: HeadScore, best: boolean, taught: boolean): string {
  const [score, from, to] = [mean, low, high].map((value) => shortScore(measure, value));
  const interval = low === high ? "" : ` (${from} to ${to})`;
  const marks = [best && "the best", taught && "shown in training where to look"].filter(Boolean).join(", ");
  const name = headName(ref);
  return `${name[0]?.toUpperCase()}${name.slice(1)}: ${score}${interval}${marks && `, ${marks}`}`;
}

/** Opacity in steps of a hundredth, never beyond the ends. */
function level(share: number): string {
  return Math.min(1, Math.max(0, share)).toFixed(2);
}
