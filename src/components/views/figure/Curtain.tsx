import type { ComponentChildren } from "preact";

/** Hides what it holds until the reader has made a prediction; nothing of it can be read or reached meanwhile. */
export function Curtain(props: { readonly closed: boolean; readonly children: ComponentChildren }) {
  return (
    <div class="uh-curtain" data-closed={props.closed || undefined}>
      <div class="uh-curtain-behind" aria-hidden={props.closed || undefined} inert={props.closed || undefined}>
        {props.children}
      </div>
      {props.closed && <p class="uh-curtain-note">Predict first. The picture opens when you have answered.</p>}
    </div>
  );
}
