import { useSignal } from "@preact/signals";
import { Segmented } from "./Segmented.tsx";
import { boundText, countText, MAX_CHARACTERS, type TokenTally } from "./textBounds.ts";

/** A friendly word under a field, perhaps with an offer to take. */
export interface FieldNote {
  readonly text: string;
  readonly offer?: string;
  readonly onTake?: () => void;
}

interface TextEditorProps {
  /** Unique on the page. */
  readonly id: string;
  readonly source: string;
  readonly onSource: (text: string) => void;
  readonly sourceTally: TokenTally;
  readonly sourceNote: FieldNote | null;
  /** Null while the model writes the target. */
  readonly target: string | null;
  readonly onTarget: (text: string | null) => void;
  readonly targetTally: TokenTally;
  readonly targetNote: FieldNote | null;
  /** What the model wrote, shown while it is the writer. */
  readonly written: string;
}

/** The texts a figure runs on: the source, and the target with the choice of who writes it. */
export function TextEditor(props: TextEditorProps) {
  const typed = props.target !== null;
  return (
    <div class="uh-editor">
      <TextField
        id={`${props.id}-source`}
        label="Source"
        text={props.source}
        onText={props.onSource}
        tally={props.sourceTally}
        note={props.sourceNote}
      />
      <TextField
        id={`${props.id}-target`}
        label="Target"
        text={props.target ?? props.written}
        onText={props.onTarget}
        tally={props.targetTally}
        note={props.targetNote}
        fixed={!typed}
      >
        <Segmented
          name={`${props.id}-origin`}
          label="The target is"
          quiet
          value={typed ? "typed" : "generated"}
          options={[
            { value: "generated", label: "written by the model" },
            { value: "typed", label: "typed by you" },
          ]}
          onChange={(origin) => props.onTarget(origin === "typed" ? props.written : null)}
        />
      </TextField>
    </div>
  );
}

interface TextFieldProps {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly tally: TokenTally;
  readonly note: FieldNote | null;
  readonly fixed?: boolean;
  readonly children?: preact.ComponentChildren;
}

function TextField(props: TextFieldProps) {
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
