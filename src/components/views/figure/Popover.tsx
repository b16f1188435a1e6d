import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface PopoverProps {
  /** What is seen on the button. */
  readonly label: ComponentChildren;
  /** What is read out. */
  readonly name: string;
  readonly kind: "chip" | "menu";
  readonly children: ComponentChildren;
}

/** A button that opens a small panel under it. Native `details`: it opens without JavaScript too. */
export function Popover(props: PopoverProps) {
  const root = useRef<HTMLDetailsElement>(null);
  useEffect(() => closeFromOutside(root.current), []);
  return (
    <details class={`uh-popover uh-popover-${props.kind}`} ref={root} onKeyDown={closeOnEscape}>
      <summary aria-label={props.name}>{props.label}</summary>
      <div class="uh-popover-panel">{props.children}</div>
    </details>
  );
}

/** Closes the panel that an element stands in, and gives the focus back to its button. */
export function closePopover(inside: Element): void {
  const details = inside.closest("details");
  if (details === null) return;
  details.open = false;
  details.querySelector("summary")?.focus();
}

function closeOnEscape(event: KeyboardEvent) {
  const details = event.currentTarget as HTMLDetailsElement;
  if (event.key !== "Escape" || !details.open) return;
  event.stopPropagation();
  closePopover(details);
}

function closeFromOutside(details: HTMLDetailsElement | null): () => void {
  const close = (event: PointerEvent) => {
    if (details?.open && event.target instanceof Node && !details.contains(event.target)) details.open = false;
  };
  document.addEventListener("pointerdown", close);
  return () => document.removeEventListener("pointerdown", close);
}
