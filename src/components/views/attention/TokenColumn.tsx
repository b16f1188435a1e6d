import { weightText } from "../../../lib/format.ts";
import type { AxisItem } from "../tokens/axis.ts";
import { TokenChip } from "../tokens/TokenChip.tsx";
import type { Spotlight } from "./reading.ts";

/** What stands at the other end of the lines: one weight a shown head, in the heads' order. */
export type EndWeights = (index: number) => readonly number[];

interface TokenColumnProps {
  readonly side: Spotlight["side"];
  readonly label: string;
  readonly items: readonly AxisItem[];
  /** Heads shown, in the order of `ends`. */
  readonly heads: readonly number[];
  readonly spotlight: Spotlight | null;
  readonly locked: boolean;
  /** Weights at this column's tokens while a token of the other column is in the spotlight; else null. */
  readonly ends: EndWeights | null;
  /** Which items are in view; the rest is left out. Null for all. */
  readonly window: { readonly from: number; readonly to: number; readonly rowHeight: number } | null;
  readonly onSpot: (spotlight: Spotlight | null) => void;
  readonly onLock: (spotlight: Spotlight) => void;
}

/** One column of tokens of a head view. */
export function TokenColumn(props: TokenColumnProps) {
  const { items, window } = props;
  const from = window?.from ?? 0;
  const shown = window ? items.slice(from, window.to) : items;
  const after = items.length - from - shown.length;
  return (
    <ol class="uh-column" data-side={props.side} aria-label={props.label} start={from + 1}>
      {window && from > 0 && <li aria-hidden="true" style={{ height: `${from * window.rowHeight}px` }} />}
      {shown.map((item, index) => (
        <ColumnItem key={from + index} {...props} item={item} index={from + index} />
      ))}
      {window && after > 0 && <li aria-hidden="true" style={{ height: `${after * window.rowHeight}px` }} />}
    </ol>
  );
}

function ColumnItem(props: TokenColumnProps & { item: AxisItem; index: number }) {
  const { side, item, index, spotlight, ends } = props;
  const mine: Spotlight = { side, index };
  const here = spotlight?.side === side && spotlight.index === index;
  const weights = ends?.(index) ?? null;
  const reach = weights === null ? 0 : Math.max(0, ...weights);
  const dim = spotlight !== null && !here && (spotlight.side === side || reach < 0.02);
  return (
    <li class="uh-column-item" data-joins-after={item.joinsAfter || undefined}>
      <button
        type="button"
        class="uh-column-token"
        data-rove={side}
        tabIndex={here || (index === 0 && spotlight?.side !== side) ? 0 : -1}
        aria-pressed={here && props.locked}
        onPointerEnter={(event) => event.pointerType === "mouse" && props.onSpot(mine)}
        onFocus={(event) => event.currentTarget.matches(":focus-visible") && props.onSpot(mine)}
        onBlur={() => props.onSpot(null)}
        onClick={() => props.onLock(mine)}
      >
        <TokenChip token={item} chosen={here} dim={dim} />
        {weights !== null && <EndMarks heads={props.heads} weights={weights} />}
      </button>
    </li>
  );
}

const BAR = 5;
const BAR_HEIGHT = 18;

/** A small bar a head, and the largest weight as a number in its head's colour. */
function EndMarks(props: { heads: readonly number[]; weights: readonly number[] }) {
  const { heads, weights } = props;
  const most = Math.max(0, ...weights);
  const strongest = heads[weights.indexOf(most)] ?? 0;
  return (
    <span class="uh-ends" data-faint={most < 0.02 || undefined}>
      <span class="uh-ends-number" data-head={strongest % 12}>
        {weightText(most)}
      </span>
      <span class="uh-unseen">{spokenWeights(heads, weights)}</span>
      {heads.length > 1 && (
        <svg width={heads.length * BAR} height={BAR_HEIGHT} aria-hidden="true">
          {weights.map((weight, place) => (
            <rect
              key={heads[place]}
              data-head={(heads[place] ?? 0) % 12}
              x={place * BAR}
              y={BAR_HEIGHT - 1 - weight * (BAR_HEIGHT - 1)}
              width={BAR - 1}
              height={Math.max(1, weight * (BAR_HEIGHT - 1))}
            />
          ))}
        </svg>
      )}
    </span>
  );
}

/** The weight of every head, for those who do not see the bars; one head alone has its number already. */
function spokenWeights(heads: readonly number[], weights: readonly number[]): string {
  if (heads.length < 2) return "";
  return `: ${weights.map((weight, place) => `head ${(heads[place] ?? 0) + 1} ${weightText(weight)}`).join(", ")}`;
}
