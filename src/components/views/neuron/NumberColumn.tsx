import { ROW } from "./Strips.tsx";

interface NumberColumnProps {
  /** What the numbers are. */
  readonly label: string;
  readonly texts: readonly string[];
  /** Place of the chosen key among those shown. */
  readonly chosen: number;
  readonly forbidden: readonly boolean[];
  /** Length of the bar behind each number, −1 to 1; from the middle where some are negative. */
  readonly bars: readonly number[];
  readonly kind: "signed" | "weight";
}

/** A number a key, with a bar behind it. */
export function NumberColumn(props: NumberColumnProps) {
  const { texts, bars, kind } = props;
  return (
    <div class="uh-numbers" data-kind={kind}>
      <svg
        class="uh-numbers-bars"
        viewBox={`${kind === "signed" ? -1 : 0} 0 ${kind === "signed" ? 2 : 1} ${Math.max(1, bars.length)}`}
        height={bars.length * ROW}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {bars.map((bar, row) => (
          <rect
            key={row}
            class={bar < 0 ? "uh-number-down" : "uh-number-up"}
            x={short(Math.min(0, bar))}
            y={row + 0.14}
            width={short(Math.abs(bar))}
            height="0.72"
          />
        ))}
      </svg>
      <ol aria-label={props.label}>
        {texts.map((text, row) => (
          <li
            key={row}
            data-chosen={row === props.chosen || undefined}
            data-forbidden={props.forbidden[row] || undefined}
          >
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function short(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 1000) / 1000) : "0";
}
