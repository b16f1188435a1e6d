import { useSignal } from "@preact/signals";
import { roveFocus } from "./roving.ts";

interface HeadTilesProps {
  readonly count: number;
  /** Heads shown, counted from 0. */
  readonly shown: readonly number[];
  readonly onToggle: (head: number) => void;
  readonly onSolo: (head: number) => void;
  /** A head to be outlined. */
  readonly marked?: number | null;
}

/** Coloured, numbered tiles: click shows or hides a head, double-click (or S, or Shift+Enter) shows it alone. */
export function HeadTiles(props: HeadTilesProps) {
  const reached = useSignal(0);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = roveFocus(event, props.count);
    if (next !== null) reached.value = next;
  };
  return (
    <fieldset class="uh-heads">
      <legend>
        Heads <span class="uh-hint">click: on or off · double-click or S: alone</span>
      </legend>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys move between the buttons inside. */}
      <div class="uh-head-tiles" onKeyDown={onKeyDown}>
        {Array.from({ length: props.count }, (_, head) => (
          <HeadTile key={head} head={head} reached={Math.min(reached.value, props.count - 1) === head} {...props} />
        ))}
      </div>
    </fieldset>
  );
}

function HeadTile(props: HeadTilesProps & { head: number; reached: boolean }) {
  const { head } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    const solo = event.key.toLowerCase() === "s" || (event.key === "Enter" && event.shiftKey);
    if (!solo || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    props.onSolo(head);
  };
  // The first click of the two has toggled the head: that is taken back, so that "alone" is judged by what was shown.
  const soloByPointer = () => {
    props.onToggle(head);
    props.onSolo(head);
  };
  return (
    <button
      type="button"
      class="uh-head-tile"
      data-rove
      data-head={head % 12}
      data-marked={props.marked === head || undefined}
      tabIndex={props.reached ? 0 : -1}
      aria-pressed={props.shown.includes(head)}
      aria-label={`Head ${head + 1}`}
      onClick={(event) => event.detail < 2 && props.onToggle(head)}
      onDblClick={soloByPointer}
      onKeyDown={onKeyDown}
    >
      {head + 1}
    </button>
  );
}
