import { type Window, windowText } from "./window.ts";

interface PagerProps {
  readonly noun: string;
  readonly page: Window;
  /** Rows a page. */
  readonly size: number;
  /** Called with a row of the page to be shown. */
  readonly onMove: (row: number) => void;
}

/** "rows 0–7 of 13" with a step to either side; nothing where all rows are shown. */
export function Pager(props: PagerProps) {
  const { noun, page, size } = props;
  if (page.end - page.start >= page.length) return null;
  return (
    <p class="ow-pager">
      <button
        type="button"
        class="ow-step"
        disabled={page.start === 0}
        aria-label={`Earlier ${noun}`}
        onClick={() => props.onMove(Math.max(0, page.start - size))}
      >
        ‹
      </button>
      <span>{windowText(noun, page)}</span>
      <button
        type="button"
        class="ow-step"
        disabled={page.end >= page.length}
        aria-label={`Later ${noun}`}
        onClick={() => props.onMove(Math.min(page.length - 1, page.end))}
      >
        ›
      </button>
    </p>
  );
}
