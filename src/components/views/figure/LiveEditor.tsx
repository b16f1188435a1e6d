import { TextEditor } from "../../controls/TextEditor.tsx";
import { type FieldNote, TextField } from "../../controls/TextField.tsx";
import type { LiveText } from "./liveText.ts";
import { targetAdvice, toldText } from "./textAdvice.ts";

/** The fields of a live text: what is typed in them runs. */
export function LiveEditor(props: { readonly id: string; readonly live: LiveText }) {
  const { id, live } = props;
  const { target } = live.trace.value;
  if (target === null) return <OneText {...props} />;
  return (
    <TextEditor
      id={id}
      source={live.source.value}
      onSource={(text) => {
        live.source.value = text;
      }}
      sourceTally={live.counts.source.value}
      sourceNote={sourceNote(live)}
      target={live.target.value}
      onTarget={(text) => {
        live.target.value = text;
      }}
      targetTally={live.counts.target.value}
      targetNote={targetNote(live)}
      written={target.text}
    />
  );
}

/** A model with one stack reads one text. */
function OneText({ id, live }: { readonly id: string; readonly live: LiveText }) {
  return (
    <div class="uh-editor" data-lone>
      <TextField
        id={`${id}-source`}
        label="Text"
        text={live.source.value}
        onText={(text) => {
          live.source.value = text;
        }}
        tally={live.counts.source.value}
        note={live.status.value.absent ? FIXED : sourceNote(live)}
        fixed={live.status.value.absent}
      />
    </div>
  );
}

const FIXED: FieldNote = { text: "This copy of the site has only the stored run of this text." };

function sourceNote(live: LiveText): FieldNote | null {
  const advice = live.sourceAdvice.value;
  if (advice === null) return null;
  if (advice === "empty") return { text: `There is nothing to ${live.trace.value.target ? "translate" : "read"} yet.` };
  return {
    text: `The model was taught to expect “${live.instruction.trim()}” in front of a sentence.`,
    offer: "Put it in front",
    onTake: () => {
      live.source.value = toldText(live.source.peek(), live.instruction);
    },
  };
}

function targetNote(live: LiveText): FieldNote | null {
  const text = live.stale.value ? null : targetAdvice(live.trace.value);
  return text === null ? null : { text };
}
