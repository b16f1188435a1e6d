import { useId, useMemo } from "preact/hooks";
import { visiblePiece } from "../../views/tokens/face.ts";
import { Bar } from "./Bar.tsx";
import { shareText } from "./heat.ts";
import { topLogits } from "./loss.ts";
import { rowOf, type Slice } from "./slice.ts";
import { fullNumber } from "./words.ts";

const BEST = 5;

interface LogitsTopProps {
  readonly slice: Slice;
  readonly row: number;
  /** The chosen id. */
  readonly chosen: number;
  readonly onPick: (id: number) => void;
}

/** The largest scores of a row, as ways into the thousands of columns; and any id by its number. */
export function LogitsTop(props: LogitsTopProps) {
  const { slice, row, chosen } = props;
  const field = useId();
  const best = useMemo(() => topLogits(rowOf(slice, row), BEST), [slice.data, row]);
  return (
    <div class="ow-top">
      <p class="ow-top-title">
        The {BEST} largest of row {row}
      </p>
      <ol class="ow-top-list">
        {best.map(({ id, logit, probability }) => (
          <li key={id}>
            <button type="button" class="ow-top-entry" aria-pressed={id === chosen} onClick={() => props.onPick(id)}>
              <small>{id}</small>
              <bdi>{visiblePiece(slice.column(id).name)}</bdi>
              <span>{fullNumber(Number(logit.toFixed(2)))}</span>
              <Bar share={probability} tone="probability" />
              <span>{shareText(probability)}</span>
            </button>
          </li>
        ))}
      </ol>
      <label class="ow-jump" for={field}>
        Go to id
        <input
          id={field}
          type="number"
          min="0"
          max={slice.columns - 1}
          value={chosen}
          onChange={(event) => props.onPick(event.currentTarget.valueAsNumber || 0)}
        />
      </label>
    </div>
  );
}
