import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Caret } from "./CellView.tsx";
import type { Cell } from "./cell.ts";
import { mountEditor } from "./editor.ts";
import { CELL_WORDS } from "./words.ts";

interface EditorProps {
  readonly cell: Cell;
  readonly caret: Caret;
  readonly run: () => void;
}

/** The editor of a cell. It stands in a shadow root, whose styles no policy of the page forbids. */
export function Editor({ cell, caret, run }: EditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const freed = useSignal(false);

  useEffect(() => {
    if (!host.current) return;
    const editor = mountEditor(host.current, {
      text: cell.text.peek(),
      label: CELL_WORDS.editor,
      edit: cell.edit,
      run,
      free: (free) => {
        freed.value = free;
      },
    });
    if (caret !== null) editor.focus(caret);
    const leave = [cell.text.subscribe(editor.setText), cell.fault.subscribe((fault) => editor.markLine(fault?.line))];
    return () => {
      for (const stop of leave) stop();
      editor.destroy();
    };
  }, []);

  return (
    <>
      <div ref={host} class="uh-cell-editor" />
      <p class="uh-cell-how">
        {CELL_WORDS.keys} <span aria-live="polite">{freed.value ? CELL_WORDS.freed : CELL_WORDS.tab}</span>{" "}
        {CELL_WORDS.counted}
      </p>
    </>
  );
}
