import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { boundText, countText, MAX_CHARACTERS, type TokenTally } from "./textBounds.ts";

/** A friendly word under a field, perhaps with an offer to take. */
export interface FieldNote {
  readonly text: string;
  readonly offer?: string;
  readonly onTake?: () => void;
}

interface TextFieldProps {
  /** Unique on the page. */
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly tally: TokenTally;
  readonly note: FieldNote | null;
  /** It is shown, not typed. */
  readonly fixed?: boolean;
  readonly children?: ComponentChildren;
}

/** One text with its label, its count of tokens, and what should be said about it. */
export function TextField(props: TextFieldProps) {
  const shortened = useSignal(false);
  const change = (field: HTMLTextAreaElement) => {
    const bounded = boundText(field.value);
    shortened.value = bounded.cut;
    if (bounded.cut) field.value = bounded.text;
    props.onText(bounded.text);
  };
  return (
    <div class="uh-field">
      <div class="uh-field-head">
        <label for={props.id}>{props.label}</label>
        {props.children}
        <output class="uh-count" for={props.id} data-over={props.tally.cut > 0 || undefined}>
          {countText(props.tally)}
        </output>
      </div>
      <textarea
        id={props.id}
        rows={1}
        value={props.text}
        readOnly={props.fixed}
        spellcheck={false}
        autocomplete="off"
        aria-describedby={`${props.id}-cut`}
        onBeforeInput={holdBack}
        onInput={(event) => change(event.currentTarget)}
      />
      <p class="uh-field-cut" id={`${props.id}-cut`} role="status">
        {shortened.value && `Only the first ${MAX_CHARACTERS} characters were kept. `}
        {props.tally.cut > 0 &&
          `The last ${props.tally.cut} tokens are not read: the model takes ${props.tally.limit}.`}
      </p>
      <div class="uh-field-note">
        <p role="status">{props.note?.text}</p>
        {props.note?.offer && (
          <button type="button" class="uh-button" onClick={() => take(props)}>
            {props.note.offer}
          </button>
        )}
      </div>
    </div>
  );
}

/** The button leaves with the note: the focus goes to the text that it changed. */
function take({ id, note }: TextFieldProps) {
  document.getElementById(id)?.focus();
  note?.onTake?.();
}

/** A paste far over the limit is cut before the field has to lay it out. */
function holdBack(event: InputEvent) {
  const pasted = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
  if (pasted.length <= MAX_CHARACTERS) return;
  event.preventDefault();
  const field = event.currentTarget as HTMLTextAreaElement;
  field.setRangeText(pasted.slice(0, MAX_CHARACTERS + 1), field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
