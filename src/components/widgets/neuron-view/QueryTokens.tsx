import { roveFocus } from "../../controls/roving.ts";
import { TokenChip } from "../../views/tokens/TokenChip.tsx";
import type { NeuronState } from "./state.ts";

/** The tokens that can ask: choosing another is instant, nothing runs. */
export function QueryTokens(props: { readonly state: NeuronState }) {
  const { state } = props;
  const { queries, head } = state.inside.value;
  const { query } = state.place.value;
  return (
    <div class="uh-queries">
      <p id={`${state.id}-queries`}>{head.kind === "cross" ? "Query, while writing …" : "Query of …"}</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame of its own. */}
      <div
        class="uh-queries-row"
        role="group"
        aria-labelledby={`${state.id}-queries`}
        onKeyDown={(event) => roveFocus(event, queries.length)}
      >
        {queries.map((token, at) => (
          <button
            key={at}
            type="button"
            data-rove
            tabIndex={at === query ? 0 : -1}
            aria-pressed={at === query}
            onClick={() => state.ask(at)}
          >
            <TokenChip token={token} chosen={at === query} />
          </button>
        ))}
      </div>
    </div>
  );
}
