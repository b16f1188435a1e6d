import "../../../styles/attribution.css";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

interface WordFieldProps {
  /** Unique on the page. */
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** Called when the field is left or Enter is pressed, not at every letter. */
  readonly onChange: (text: string) => void;
  readonly placeholder?: string;
  readonly fixed?: boolean;
  /** For more than a word. */
  readonly wide?: boolean;
}

/** The most letters of such a field. */
const LONGEST = 400;

/** A short text that is taken over as a whole. */
export function WordField(props: WordFieldProps) {
  const { id, label, value, onChange } = props;
  // What is half typed outlives that the figure is drawn anew meanwhile.
  const draft = useSignal<string | null>(null);
  useEffect(() => {
    draft.value = null;
  }, [value]);
  return (
    <div class="uh-word-field" data-wide={props.wide || undefined}>
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        value={draft.value ?? value}
        maxLength={LONGEST}
        placeholder={props.placeholder}
        readOnly={props.fixed}
        spellcheck={false}
        autocomplete="off"
        onChange={(event) => {
          const field = event.currentTarget;
          const text = field.value;
          // What it then holds is the owner's to say.
          field.value = value;
          onChange(text);
        }}
      />
    </div>
  );
}
