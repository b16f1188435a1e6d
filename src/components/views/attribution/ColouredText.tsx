import "../../../styles/attribution.css";
import { roveFocus } from "../../controls/roving.ts";
import { TokenChip } from "../tokens/TokenChip.tsx";
import { type ScoreScale, scoreText, toneOf } from "./scale.ts";
import { itemText, type ScoredItem, type ScoredLine } from "./scored.ts";

/** A token of a coloured text: its side, and its place on the line. */
export interface TextPlace {
  readonly side: ScoredLine["side"];
  readonly at: number;
}

interface ColouredTextProps {
  /** What the text is, for those who do not see it. */
  readonly label: string;
  readonly lines: readonly ScoredLine[];
  readonly scale: ScoreScale;
  /** Pointed at or reached by keyboard; null when left. */
  readonly onPoint?: (place: TextPlace | null) => void;
  /** Makes the tokens buttons. */
  readonly onPick?: (place: TextPlace) => void;
  /** Drawn as chosen. */
  readonly chosen?: TextPlace | null;
  /** Drawn in gold, for example by an exercise. */
  readonly marked?: readonly TextPlace[];
}

/** Tokens in reading order, each on its colour with its score under it. Arrow keys go from token to token. */
export function ColouredText(props: ColouredTextProps) {
  const count = props.lines.reduce((sum, { items }) => sum + items.length, 0);
  const reached = props.chosen ?? firstPlace(props.lines);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would put its legend into the picture.
    <div class="uh-scored" role="group" aria-label={props.label} onKeyDown={(event) => roveFocus(event, count)}>
      {props.lines.map((line) => (
        <div key={line.side} class="uh-scored-line">
          <span class="uh-scored-label">{line.label}</span>
          <ol>
            {line.items.map((item, at) => (
              <ScoredToken key={at} {...props} item={item} place={{ side: line.side, at }} reached={reached} />
            ))}
          </ol>
        </div>
      ))}
    </div>
  );
}

type ScoredTokenProps = ColouredTextProps & {
  readonly item: ScoredItem;
  readonly place: TextPlace;
  readonly reached: TextPlace | null;
};

function ScoredToken(props: ScoredTokenProps) {
  const { item, place, scale, onPoint, onPick } = props;
  const { tone, step } = toneOf(item.score, scale);
  const chosen = same(props.chosen, place);
  return (
    <li
      class="uh-scored-token"
      data-tone={tone}
      data-step={step}
      data-marked={props.marked?.some((mark) => same(mark, place)) || undefined}
    >
      <button
        type="button"
        data-rove
        data-plain={onPick === undefined || undefined}
        tabIndex={same(props.reached, place) ? 0 : -1}
        aria-pressed={onPick && chosen}
        aria-label={itemText(item, scale)}
        onClick={() => onPick?.(place)}
        onPointerEnter={() => onPoint?.(place)}
        onPointerLeave={() => onPoint?.(null)}
        onFocus={() => onPoint?.(place)}
        onBlur={() => onPoint?.(null)}
      >
        <TokenChip token={item} joinsBefore={item.joinsBefore} joinsAfter={item.joinsAfter} chosen={chosen} />
        {/* What is seen is then a part of the label, word by word. */}{" "}
        <span class="uh-scored-number">{scoreText(item.score, scale)}</span>
      </button>
    </li>
  );
}

function firstPlace(lines: readonly ScoredLine[]): TextPlace | null {
  const line = lines.find(({ items }) => items.length > 0);
  return line ? { side: line.side, at: 0 } : null;
}

function same(one: TextPlace | null | undefined, other: TextPlace): boolean {
  return one?.side === other.side && one.at === other.at;
}
