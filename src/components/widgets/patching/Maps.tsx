import type { Cell } from "../../views/attribution/grid.ts";
import { HeatGrid } from "../../views/attribution/HeatGrid.tsx";
import { ScoreLegend } from "../../views/attribution/ScoreLegend.tsx";
import type { ScoreScale } from "../../views/attribution/scale.ts";
import { TokenChip } from "../../views/tokens/TokenChip.tsx";
import { isDense } from "./exports.ts";
import { cellOf, mapsOf, type PatchMap, scaleOfMaps, spotOf } from "./maps.ts";
import type { PatchingState } from "./state.ts";
import { valueText } from "./words.ts";

/** Both runs with their numbers. */
export function Runs({ state }: { readonly state: PatchingState }) {
  const { question, result } = state.offer.value.study.shown.value;
  const { study, followed } = result;
  const runs = [
    {
      name: "Clean",
      share: "100 %",
      value: study.values.clean,
      tokens: study.clean.source,
      others: study.corrupted.source,
    },
    {
      name: "Corrupted",
      share: "0 %",
      value: study.values.corrupted,
      tokens: study.corrupted.source,
      others: study.clean.source,
    },
  ];
  return (
    <dl class="uh-patch-runs">
      {runs.map(({ name, share, value, tokens, others }) => (
        <div key={name}>
          <dt>
            {name} <span>counts as {share}</span>
          </dt>
          <dd class="uh-patch-tokens">
            {tokens.map((token, at) => (
              <TokenChip key={at} token={token} chosen={token.id !== others[at]?.id} />
            ))}
          </dd>
          <dd class="uh-patch-value">{valueText(value, followed, question.against)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The map of each stack, with one scale. */
export function Maps({ state }: { readonly state: PatchingState }) {
  const { result } = state.offer.value.study.shown.value;
  const maps = mapsOf(result);
  const scale = scaleOfMaps(maps);
  return (
    <div class="uh-patch-maps">
      {maps.map((map) => (
        <OneMap key={map.side} state={state} map={map} scale={scale} dense={isDense(result)} />
      ))}
      <ScoreLegend scale={scale} words={{ minus: "% away from the clean run", plus: "% back to the clean run" }} />
    </div>
  );
}

interface OneMapProps {
  readonly state: PatchingState;
  readonly map: PatchMap;
  readonly scale: ScoreScale;
  readonly dense: boolean;
}

function OneMap({ state, map, scale, dense }: OneMapProps) {
  const picked = cellOf(map, state.picked.value);
  const title = map.label === "" ? "Percent" : `${map.label}: percent`;
  return (
    <div>
      <p class="uh-patch-title">{title} of the difference that each state brings back</p>
      <HeatGrid
        caption={`${map.label} Percent of the difference that comes back, by layer and token`.trim()}
        corner="state after ↓"
        grid={map.grid}
        scales={map.grid.rows.map(() => scale)}
        cell={cellOf(map, state.spot.value)}
        onCell={(cell: Cell | null) => {
          state.pointed.value = cell && spotOf(map, cell);
        }}
        onPick={(cell) => {
          state.picked.value = spotOf(map, cell);
        }}
        marked={picked ? [picked] : []}
        dense={dense}
      />
    </div>
  );
}
