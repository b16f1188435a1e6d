import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { CanvasLinesLayer, type LineLayerProps, SvgLines } from "./LineLayer.tsx";
import { countLines } from "./lines.ts";
import { weightAt } from "./matrix.ts";
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
  const { picture, layer, heads, spotlight, locked, view } = props;
  const matrices = useMemo(() => heads.map((head) => picture.matrix(layer, head)), [picture, layer, heads]);
  const lines: LineLayerProps = {
    matrices,
    heads,
    rows: picture.rows.length,
    columns: picture.columns.length,
    floor: props.floor,
    spotlight,
    marked: props.marked,
  };
  const common = { heads, spotlight, locked, onSpot: props.onSpot, onLock: props.onLock };
  const rowEnds: EndWeights = (row) => matrices.map((matrix) => weightAt(matrix, row, spotlight?.index ?? -1));
  const columnEnds: EndWeights = (column) => matrices.map((matrix) => weightAt(matrix, spotlight?.index ?? -1, column));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and pointer serve the buttons inside.
    <div class="uh-headview-body" onKeyDown={(event) => keys(event, props)} onPointerLeave={() => props.onSpot(null)}>
      <Caption side="row" text={rowCaption(picture)} />
      <Caption side="column" text={columnCaption(picture)} />
      <TokenColumn
        {...common}
        side="row"
        label={`Queries: ${rowCaption(picture)}`}
        items={picture.rows}
        ends={spotlight?.side === "column" ? rowEnds : null}
        window={windowOf(view, picture.rows.length)}
      />
      <div class="uh-lines-cell">
        {isLarge(lines, view) ? <Canvas {...lines} view={view} /> : <SvgLines {...lines} />}
      </div>
      <TokenColumn
        {...common}
        side="column"
        label={`Keys: ${columnCaption(picture)}`}
        items={picture.columns}
        ends={spotlight?.side === "row" ? columnEnds : null}
        window={windowOf(view, picture.columns.length)}
      />
    </div>
  );
}

/** Stands over its column without making it wider; stays in view while the tokens scroll. */
function Caption(props: { side: "row" | "column"; text: string }) {
  return (
    <div class="uh-caption-slot" data-side={props.side}>
      <p class="uh-axis-caption">{props.text}</p>
    </div>
  );
}

function isLarge(lines: LineLayerProps, view: View | null): view is View {
  if (view === null) return false;
  return lines.matrices.reduce((sum, matrix) => sum + countLines(matrix, lines.floor), 0) > SVG_LINES;
}

function Canvas(props: LineLayerProps & { view: View | null }) {
  const view = props.view ?? { top: 0, height: 0, rowHeight: 1 };
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
