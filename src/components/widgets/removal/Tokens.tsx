import { roveFocus } from "../../controls/roving.ts";
import type { RemovalState } from "./state.ts";

/** The outputs, one of which is explained, and the source's tokens, each of which can be taken away. */
export function Tokens({ state }: { readonly state: RemovalState }) {
  const { id } = state;
  const row = state.row.value;
  const held = state.held.value;
  const mark = state.token.value;
  return (
    <div class="uh-removal-tokens">
      <fieldset class="uh-removal-row">
        <legend>The output</legend>
        {state.rows.value.map(({ output }, at) => (
          <label key={at}>
            <input
              type="radio"
              class="uh-unseen"
              name={`${id}-output`}
              checked={at === state.output.value}
              onChange={() => state.chooseOutput(at)}
            />
            <span class="uh-token" data-chosen={at === state.output.value || undefined}>
              <bdi>{output}</bdi>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset class="uh-removal-row" onKeyDown={(event) => roveFocus(event, row.tokens.length)}>
        <legend>Take away</legend>
        {row.tokens.map((token, at) => (
          <button
            key={at}
            type="button"
            data-rove
            tabIndex={at === (held ?? 0) ? 0 : -1}
            aria-pressed={at === held}
            aria-label={`${token}, token ${at + 1}`}
            onClick={() => state.hold(at)}
            onPointerEnter={() => state.point(at)}
            onPointerLeave={() => state.point(null)}
            onFocus={() => state.point(at)}
            onBlur={() => state.point(null)}
          >
            <span class="uh-token" data-chosen={at === mark || undefined} data-gone={at === held || undefined}>
              <bdi>{token}</bdi>
            </span>
          </button>
        ))}
      </fieldset>
    </div>
  );
}
