import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";

interface MoreControlsProps {
  /** Unique on the page. */
  readonly id: string;
  readonly children: ComponentChildren;
}

/** Controls that a narrow figure keeps behind a button; a wide one shows them in its row. */
export function MoreControls(props: MoreControlsProps) {
  const open = useSignal(false);
  const panel = `${props.id}-more`;
  return (
    <div class="uh-more" data-open={open.value || undefined}>
      <button
        type="button"
        class="uh-more-button"
        aria-expanded={open.value}
        aria-controls={panel}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        {open.value ? "Fewer options" : "More options"}
      </button>
      <div class="uh-more-panel" id={panel}>
        {props.children}
      </div>
    </div>
  );
}
