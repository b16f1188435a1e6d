import type { Token } from "../../../engine/model.ts";
import { roveFocus } from "../../controls/roving.ts";
import { TokenChip } from "../tokens/TokenChip.tsx";

interface KeyLabelsProps {
  readonly tokens: readonly Token[];
  /** Positions of the keys shown, from top to bottom. */
  readonly shown: readonly number[];
  readonly chosen: number;
  /** Whether the mask forbids a key. */
  readonly forbidden: (key: number) => boolean;
  /** Where given, a key can be held by its label. */
  readonly onHold?: (key: number) => void;
  readonly held?: number | null;
}

/** The keys' tokens, one a row. */
export function KeyLabels(props: KeyLabelsProps) {
  const { shown, onHold } = props;
  if (onHold) return <HoldLabels {...props} onHold={onHold} />;
  return (
    <div class="uh-key-labels" aria-hidden="true">
      {shown.map((key) => (
        <span key={key} class="uh-key-row" {...stateOf(props, key)}>
          <Chip {...props} at={key} />
        </span>
      ))}
    </div>
  );
}

function HoldLabels(props: KeyLabelsProps & { onHold: (key: number) => void }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame of its own.
    <div
      class="uh-key-labels"
      role="group"
      aria-label="Keys: choose one to see its arithmetic"
      onKeyDown={(event) => roveFocus(event, 1)}
    >
      {props.shown.map((key) => (
        <button
          key={key}
          type="button"
          class="uh-key-row"
          data-rove
          tabIndex={key === props.chosen ? 0 : -1}
          aria-pressed={key === props.held}
          onClick={() => props.onHold(key)}
          {...stateOf(props, key)}
        >
          <Chip {...props} at={key} />
        </button>
      ))}
    </div>
  );
}

function Chip(props: KeyLabelsProps & { at: number }) {
  const token = props.tokens[props.at];
  return token ? <TokenChip token={token} chosen={props.at === props.chosen} /> : null;
}

function stateOf({ chosen, forbidden }: KeyLabelsProps, key: number) {
  return { "data-chosen": key === chosen || undefined, "data-forbidden": forbidden(key) || undefined };
}
