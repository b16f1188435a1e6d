import { type FieldNote, TextField } from "../../controls/TextField.tsx";
import { isWhole } from "./choice.ts";
import { measuredWords, tallyOf } from "./following.ts";
import type { SwitchesState } from "./state.ts";

/** The text, and for a decoder the two words that are followed. */
export function Texts({ state }: { readonly state: SwitchesState }) {
  const choice = state.choice.value;
  const { family } = state.model.value;
  const fixed = state.frozen.value;
  const lacking = !isWhole(choice, state.model.value);
  return (
    <div class="uh-switch-texts">
      <TextField
        id={`${state.id}-source`}
        label="Text"
        text={choice.source}
        onText={(source) => state.patch({ source })}
        tally={tallyOf(choice, state.speech.shown.value, state.model.value)}
        note={wordsNote(state)}
        fixed={fixed}
      />
      {family === "decoder" && (
        <>
          <Word state={state} at={0} />
          <Word state={state} at={1} />
        </>
      )}
      {!fixed && (
        <button type="button" class="uh-button" onClick={state.nextPrompt}>
          Next prompt
        </button>
      )}
      <p class="uh-switch-lacking" role="status">
        {lacking && (family === "decoder" ? "It needs a text, an answer and another word." : "It needs a text.")}
      </p>
    </div>
  );
}

/** What to know where the text is the reader’s own and the words are not, with an offer to follow others. */
function wordsNote(state: SwitchesState): FieldNote | null {
  if (!state.keepsWords.value) return null;
  const { answer, other } = state.choice.value;
  const text = `“${answer}” and “${other}” are still the two words of the task.`;
  const likely = state.likely.value;
  if (!likely) return { text };
  return {
    text: `${text} The likeliest words after yours:`,
    offer: `Follow “${likely.answer}” and “${likely.other}”`,
    onTake: () => state.patch(likely),
  };
}

const WORDS = [
  { name: "answer", label: "Answer" },
  { name: "other", label: "Other word" },
] as const;

/** The most characters of a word. */
const LONGEST = 200;

/** One of the two words. */
function Word({ state, at }: { readonly state: SwitchesState; readonly at: 0 | 1 }) {
  const { name, label } = WORDS[at];
  const word = state.choice.value[name];
  const id = `${state.id}-${name}`;
  return (
    <div class="uh-switch-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        value={word}
        readOnly={state.frozen.value}
        maxLength={LONGEST}
        spellcheck={false}
        autocomplete="off"
        aria-describedby={`${id}-measured`}
        onInput={(event) => state.patch({ [name]: event.currentTarget.value })}
      />
      <p id={`${id}-measured`} role="status">
        {measuredWords(word, state.speech.shown.value.now, at)}
      </p>
    </div>
  );
}
