import { Segmented } from "./Segmented.tsx";
import { type FieldNote, TextField } from "./TextField.tsx";
import type { TokenTally } from "./textBounds.ts";

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
