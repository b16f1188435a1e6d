import type { ModelInfo } from "../../../engine/model.ts";
import { TextField } from "../../controls/TextField.tsx";
import type { OwnText } from "./ownText.ts";

interface EditorProps {
  /** Unique on the page. */
  readonly id: string;
  readonly info: ModelInfo;
  readonly text: OwnText;
}

/** The reader's text, and for a decoder the next word that is followed. */
export function Editor({ id, info, text }: EditorProps) {
  const fixed = text.status.value.absent;
  const tally = { count: null, limit: info.limits.source, cut: 0 };
  return (
    <div class="uh-editor" data-plain data-lone={info.family !== "decoder" || undefined}>
      <TextField
        id={`${id}-source`}
        label="Text"
        text={text.source.value}
        onText={(source) => {
          text.source.value = source;
        }}
        tally={tally}
        note={fixed ? { text: "This copy of the site has only the stored run of this text." } : null}
        fixed={fixed}
      />
      {info.family === "decoder" && (
        <TextField
          id={`${id}-answer`}
          label="Next word that is followed"
          text={text.answer.value}
          onText={(answer) => {
            text.answer.value = answer;
          }}
          tally={tally}
          note={text.answer.value.trim() === "" ? { text: "Empty: the model’s own first choice." } : null}
          fixed={fixed}
        />
      )}
    </div>
  );
}
