import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { CanvasLinesLayer, type LineLayerProps, SvgLines } from "./LineLayer.tsx";
import { countLines } from "./lines.ts";
import { type HeadMatrix, weightAt } from "./matrix.ts";
import { columnCaption, type Picture, rowCaption } from "./picture.ts";
import type { Spotlight } from "./reading.ts";
import { type EndWeights, TokenColumn } from "./TokenColumn.tsx";
import { type View, viewOf, windowOf } from "./window.ts";

/** More lines than these are drawn on a canvas. */
const SVG_LINES = 2500;

/** Longer columns scroll within the figure, with rows set closer. */
const SCROLL_ROWS = 40;

export interface HeadPictureProps {
  readonly picture: Picture;
  readonly layer: number;
  readonly heads: readonly number[];
  readonly floor: number;
  readonly spotlight: Spotlight | null;
  readonly locked: boolean;
  readonly marked: LineLayerProps["marked"];
  /** What is left out of the picture, in words; null for nothing. */
  readonly note: string | null;
  readonly onSpot: (spotlight: Spotlight | null) => void;
  readonly onLock: (spotlight: Spotlight) => void;
  readonly onRelease: () => void;
}

/** Tokens of the queries left, of the keys right, and the lines between them. */
export function HeadPicture(props: HeadPictureProps) {
  const { picture } = props;
  const scrolls = Math.max(picture.rows.length, picture.columns.length) > SCROLL_ROWS;
  return (
    <div class="uh-headview" data-scrolls={scrolls || undefined}>
      {scrolls ? <ScrolledBody {...props} /> : <Body {...props} view={null} />}
      {props.note !== null && <p class="uh-picture-note">{props.note}</p>}
    </div>
  );
}

/** Long columns: a box that scrolls; only the tokens and lines in view are drawn. */
function ScrolledBody(props: HeadPictureProps) {
  const box = useRef<HTMLDivElement>(null);
  const view = useSignal<View>({ top: 0, height: 640, rowHeight: 24 });
  const length = Math.max(props.picture.rows.length, props.picture.columns.length);
  useEffect(() => follow(box.current, length, view), [length, view]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
    <section class="uh-headview-scroll" ref={box} tabIndex={0} aria-label="Tokens and lines, scrolls">
      <Body {...props} view={view.value} />
    </section>
  );
}

function follow(box: HTMLElement | null, length: number, view: Signal<View>): (() => void) | undefined {
  if (!box) return undefined;
  const update = () => {
    view.value = viewOf(box, length, view.peek());
  };
  const observer = new ResizeObserver(update);
  observer.observe(box);
  box.addEventListener("scroll", update, { passive: true });
  update();
  return () => {
    observer.disconnect();
    box.removeEventListener("scroll", update);
  };
}

function Body(props: HeadPictureProps & { view: View | null }) {
  const { picture, layer, heads, view } = props;
  const matrices = useMemo(() => heads.map((head) => picture.matrix(layer, head)), [picture, layer, heads]);
  const lines: LineLayerProps = {
    matrices,
    heads,
    rows: picture.rows.length,
    columns: picture.columns.length,
    floor: props.floor,
    spotlight: props.spotlight,
    marked: props.marked,
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and pointer serve the buttons inside.
    <div class="uh-headview-body" onKeyDown={(event) => keys(event, props)} onPointerLeave={() => props.onSpot(null)}>
      <Caption side="row" text={rowCaption(picture)} />
      <Caption side="column" text={columnCaption(picture)} />
      <Column {...props} side="row" matrices={matrices} />
      <div class="uh-lines-cell">
        <Lines {...lines} view={view} />
      </div>
      <Column {...props} side="column" matrices={matrices} />
    </div>
  );
}

interface ColumnProps extends HeadPictureProps {
  readonly side: Spotlight["side"];
  readonly matrices: readonly HeadMatrix[];
  readonly view: View | null;
}

/** One column; made anew only when something in it changes, not with every step of scrolling. */
function Column(props: ColumnProps) {
  const { side, picture, heads, spotlight, locked, matrices } = props;
  const items = side === "row" ? picture.rows : picture.columns;
  const window = windowOf(props.view, items.length);
  const label = side === "row" ? `Queries: ${rowCaption(picture)}` : `Keys: ${columnCaption(picture)}`;
  const { onSpot, onLock } = props;
  const ends = spotlight !== null && spotlight.side !== side ? endWeights(matrices, spotlight) : null;
  return useMemo(
    () => <TokenColumn {...{ side, label, items, heads, spotlight, locked, ends, window, onSpot, onLock }} />,
    [side, items, heads, spotlight, locked, matrices, window?.from, window?.to, window?.rowHeight],
  );
}

/** The weights between the token in the spotlight and each token of the other column, one a head. */
function endWeights(matrices: readonly HeadMatrix[], { side, index }: Spotlight): EndWeights {
  return (other) =>
    matrices.map((matrix) => (side === "row" ? weightAt(matrix, index, other) : weightAt(matrix, other, index)));
}

/** Stands over its column without making it wider; stays in view while the tokens scroll. */
function Caption(props: { side: "row" | "column"; text: string }) {
  return (
    <div class="uh-caption-slot" data-side={props.side}>
      <p class="uh-axis-caption">{props.text}</p>
    </div>
  );
}

function Lines(props: LineLayerProps & { view: View | null }) {
  const { view, matrices, floor } = props;
  const count = useMemo(() => matrices.reduce((sum, one) => sum + countLines(one, floor), 0), [matrices, floor]);
  if (view === null || count <= SVG_LINES) return <SvgLines {...props} />;
  return <CanvasLinesLayer {...props} {...view} />;
}

/** Up and down within a column, left and right between the two, Escape lets go. */
function keys(event: KeyboardEvent, props: HeadPictureProps): void {
  if (event.key === "Escape") props.onRelease();
  const button = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-rove]") : null;
  const body = event.currentTarget as HTMLElement;
  if (button === null) return;
  const mine = [...body.querySelectorAll<HTMLElement>(`[data-rove="${button.dataset.rove}"]`)];
  const at = mine.indexOf(button);
  const other = button.dataset.rove === "row" ? "column" : "row";
  const across = (event.key === "ArrowRight" && other === "column") || (event.key === "ArrowLeft" && other === "row");
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const others = across ? [...body.querySelectorAll<HTMLElement>(`[data-rove="${other}"]`)] : [];
  const next = across ? others[Math.min(at, others.length - 1)] : step && mine[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
