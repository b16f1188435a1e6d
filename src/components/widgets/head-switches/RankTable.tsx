import { useSignal } from "@preact/signals";
import type { RankedHead } from "../../../stored/ranking.ts";
import { headName } from "../../../stored/switches.ts";
import type { Ranked } from "./ranking.ts";
import type { SwitchesState } from "./state.ts";
import { headWords, METRIC_DIGITS, METRIC_WORDS, metricText, signed } from "./words.ts";

/** Rows shown until the reader asks for all. */
const FEW = 6;

type Order = "effect" | "size" | "place";

const ORDERS: Readonly<Record<Order, (a: RankedHead, b: RankedHead) => number>> = {
  effect: (a, b) => a.effect - b.effect,
  size: (a, b) => Math.abs(b.effect) - Math.abs(a.effect),
  place: (a, b) => a.ref.kind.localeCompare(b.ref.kind) || a.ref.layer - b.ref.layer || a.ref.head - b.ref.head,
};

/** Every head with what it does by itself; a click on its name switches it. */
export function RankTable({ state, ranked }: { readonly state: SwitchesState; readonly ranked: Ranked }) {
  const order = useSignal<Order>("effect");
  const all = useSignal(false);
  const rows = [...ranked.heads].sort(ORDERS[order.value]);
  const shown = all.value ? rows : rows.slice(0, FEW);
  const column = (name: Order, text: string) => (
    <th scope="col" aria-sort={order.value === name ? (name === "size" ? "descending" : "ascending") : undefined}>
      <button
        type="button"
        class="uh-rank-sort"
        onClick={() => {
          order.value = name;
        }}
      >
        {text}
      </button>
    </th>
  );
  return (
    <div class="uh-rank-table">
      <table>
        <caption>{captionOf(ranked)}</caption>
        <thead>
          <tr>
            {column("place", "Head")}
            {column("effect", "Effect")}
            {column("size", "Size")}
            <th scope="col">95 % interval</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((head) => (
            <HeadRow key={headName(head.ref)} state={state} head={head} digits={METRIC_DIGITS[ranked.sweep.metric]} />
          ))}
        </tbody>
      </table>
      {rows.length > FEW && (
        <button
          type="button"
          class="uh-button"
          onClick={() => {
            all.value = !all.value;
          }}
        >
          {all.value ? `Show ${FEW}` : `Show all ${rows.length}`}
        </button>
      )}
    </div>
  );
}

function captionOf({ sweep }: Ranked): string {
  const over = sweep.prompts === 1 ? "on this text" : `mean over ${sweep.prompts} prompts`;
  return `Change of the ${METRIC_WORDS[sweep.metric]} with that head alone off, ${over}; with all heads on it is ${metricText(sweep.whole, sweep.metric)}.`;
}

interface RowProps {
  readonly state: SwitchesState;
  readonly head: RankedHead;
  readonly digits: number;
}

function HeadRow({ state, head, digits }: RowProps) {
  const name = headName(head.ref);
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          class="uh-rank-head"
          aria-pressed={state.choice.value.off.includes(name)}
          disabled={state.frozen.value}
          onClick={() => state.toggle([name])}
        >
          {headWords(head.ref, state.model.value)}
        </button>
      </th>
      <td>{signed(head.effect, digits)}</td>
      <td>{Math.abs(head.effect).toFixed(digits)}</td>
      <td>
        {state.ranking.ranked.value?.sweep.prompts === 1
          ? "one text"
          : `${signed(head.low, digits)} to ${signed(head.high, digits)}`}
      </td>
    </tr>
  );
}
