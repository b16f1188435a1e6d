import { TextField } from "../../controls/TextField.tsx";
import { Toggle } from "../../controls/Toggle.tsx";
import { NextWordPicker, WrittenPicker } from "../../views/attribution/OutputPicker.tsx";
import { WordField } from "../../views/attribution/WordField.tsx";
import type { IgState } from "./state.ts";

const FIXED = { text: "This copy of the site has only the stored walks of this text." };

/** The text at the end of the way, and what is followed there. */
export function TextEditors({ state }: { readonly state: IgState }) {
  const { info, study } = state.offer.value;
  const fixed = study.status.value.absent;
  return (
    <>
      <div class="uh-editor" data-plain data-lone>
        <TextField
          id={`${state.id}-source`}
          label="Text"
          text={state.question.value.source}
          onText={(source) => state.ask({ source, ...(info.family === "encoder-decoder" && { place: 0 }) })}
          tally={tallyOf(state)}
          note={fixed ? FIXED : null}
          fixed={fixed}
        />
      </div>
      <div class="uh-ig-output">
        <Output state={state} fixed={fixed} />
        <Toggle
          label="sum sub-words to words"
          checked={state.words.value}
          onChange={(on) => {
            state.words.value = on;
          }}
        />
      </div>
    </>
  );
}

/** The text's tokens, counted where a run has told them. */
function tallyOf({ offer, question, shownQuestion, found }: IgState) {
  const counted = question.value.source === shownQuestion.value.source;
  const cut = found.value.trace?.cut.source ?? 0;
  const count = counted ? found.value.walk.source.length + cut : null;
  return { count, limit: offer.value.info.limits.source, cut: counted ? cut : 0 };
}

function Output({ state, fixed }: { readonly state: IgState; readonly fixed: boolean }) {
  const { info } = state.offer.value;
  const { written, predictions } = state.found.value;
  const { place, follow, to } = state.question.value;
  if (info.family === "encoder")
    return (
      <WordField
        id={`${state.id}-to`}
        label="Sentence it is compared with"
        value={to}
        onChange={(sentence) => state.ask({ to: sentence })}
        fixed={fixed}
        wide
      />
    );
  if (written)
    return (
      <WrittenPicker id={state.id} written={written} value={place} onChange={(next) => state.ask({ place: next })} />
    );
  return (
    <NextWordPicker
      id={state.id}
      label="Next word that is followed"
      predictions={predictions}
      value={follow}
      onChange={(word) => state.ask({ follow: word })}
      empty="first choice"
      fixed={fixed}
    />
  );
}
