import { ModelPicker } from "../../controls/ModelPicker.tsx";
import { Segmented } from "../../controls/Segmented.tsx";
import { TextField } from "../../controls/TextField.tsx";
import { NextWordPicker, WrittenPicker } from "../../views/attribution/OutputPicker.tsx";
import { WordField } from "../../views/attribution/WordField.tsx";
import { modelPlace } from "../../views/figure/status.ts";
import { barePiece } from "../../views/tokens/face.ts";
import { REACHES } from "./nudgeQuestion.ts";
import type { NudgeState } from "./state.ts";
import { SCALE_WORDS } from "./words.ts";

/** Which model, which way, how far, and in which measure. */
export function Controls({ state }: { readonly state: NudgeState }) {
  const { info, chosen, study } = state.offer.value;
  const { reach, scale } = chosen.value;
  return (
    <>
      <ModelPicker
        id={state.id}
        models={state.offers.map((offer) => offer.info)}
        value={info.id}
        onChange={state.chooseModel}
        placeOf={(model) =>
          modelPlace((state.offers.find((offer) => offer.info.id === model)?.study ?? study).status.value)
        }
      />
      <Way state={state} />
      <Segmented
        name={`${state.id}-reach`}
        label="How far"
        value={reach}
        options={REACHES}
        onChange={(next) => state.ask({ reach: next })}
      />
      <Segmented
        name={`${state.id}-scale`}
        label="Followed as"
        value={scale}
        options={(["logit", "log-probability", "probability"] as const).map((value) => ({
          value,
          label: SCALE_WORDS[value],
        }))}
        onChange={(next) => state.ask({ scale: next })}
      />
    </>
  );
}

function Way({ state }: { readonly state: NudgeState }) {
  const { chosen, study } = state.offer.value;
  const { way, word, seed } = chosen.value;
  const fixed = study.status.value.absent;
  return (
    <div class="uh-nudge-way">
      <Segmented
        name={`${state.id}-way`}
        label="Move it"
        value={way}
        options={[
          { value: "word", label: "to a word" },
          { value: "gradient", label: "along its gradient" },
          { value: "random", label: "at random" },
        ]}
        onChange={(next) => state.ask({ way: next })}
      />
      {way === "word" && (
        <WordField
          id={`${state.id}-towards`}
          label="the word"
          value={word}
          onChange={(next) => state.ask({ word: next.trim() })}
          fixed={fixed}
        />
      )}
      {way === "random" && !fixed && (
        <button type="button" class="uh-button" onClick={() => state.ask({ seed: seed + 1 })}>
          Draw another
        </button>
      )}
    </div>
  );
}

/** The text, and the output that is followed. */
export function Editor({ state }: { readonly state: NudgeState }) {
  const { info, chosen, study } = state.offer.value;
  const { source, follow, place } = chosen.value;
  const { question, result } = study.shown.value;
  const fixed = study.status.value.absent;
  const count = source === question.source ? result.study.source.length : null;
  const first = barePiece(result.predictions[0]?.piece ?? "").trim();
  return (
    <>
      <div class="uh-editor" data-lone>
        <TextField
          id={`${state.id}-source`}
          label="Text"
          text={source}
          onText={(text) => state.ask({ source: text })}
          tally={{ count, limit: info.limits.source, cut: 0 }}
          note={fixed ? { text: "This copy of the site has only stored nudges of this text." } : null}
          fixed={fixed}
        />
      </div>
      <div class="uh-nudge-outputs">
        {result.written ? (
          <WrittenPicker
            id={state.id}
            written={result.written}
            value={place}
            onChange={(next) => state.ask({ place: next })}
          />
        ) : (
          <NextWordPicker
            id={`${state.id}-follow`}
            label="The next word that is followed"
            predictions={result.predictions}
            value={follow === "" ? first : follow}
            onChange={(next) => state.ask({ follow: next })}
            fixed={fixed}
          />
        )}
      </div>
    </>
  );
}
