import { Choice } from "../../controls/Choice.tsx";
import { ModelPicker } from "../../controls/ModelPicker.tsx";
import { TextField } from "../../controls/TextField.tsx";
import { Toggle } from "../../controls/Toggle.tsx";
import { NextWordPicker, WrittenPicker } from "../../views/attribution/OutputPicker.tsx";
import { modelPlace } from "../../views/figure/status.ts";
import { barePiece } from "../../views/tokens/face.ts";
import { nameOf, offBy } from "./heads.ts";
import type { GateState } from "./state.ts";
import { headText } from "./words.ts";

/** Which model, which head, and how near. */
export function Controls({ state }: { readonly state: GateState }) {
  const { info, study } = state.offer.value;
  const heads = [...state.heads.value].sort((a, b) => offBy(b) - offBy(a));
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
      <Choice
        label="Head"
        options={[
          { value: "", label: "all, farthest off first" },
          ...heads.map((head) => ({ value: nameOf(head), label: headText(head) })),
        ]}
        value={state.picked.value}
        onChange={(name) => {
          state.picked.value = name;
        }}
      />
      <Toggle
        label="draw without the farthest"
        checked={state.close.value}
        onChange={(close) => {
          state.close.value = close;
        }}
      />
    </>
  );
}

/** The text, and the output that is followed. */
export function Editor({ state }: { readonly state: GateState }) {
  const { info, chosen, study } = state.offer.value;
  const { source, follow, place } = chosen.value;
  const { question, result } = study.shown.value;
  const fixed = study.status.value.absent;
  const first = barePiece(result.predictions[0]?.piece ?? "").trim();
  const { trace } = result;
  return (
    <>
      <div class="uh-editor" data-lone>
        <TextField
          id={`${state.id}-source`}
          label="Text"
          text={source}
          onText={(text) => state.ask({ source: text })}
          tally={{
            count: source === question.source ? trace.source.tokens.length : null,
            limit: info.limits.source,
            cut: 0,
          }}
          note={fixed ? { text: "This copy of the site has only the stored text." } : null}
          fixed={fixed}
        />
      </div>
      <div class="uh-gate-outputs">
        {trace.target ? (
          <WrittenPicker
            id={state.id}
            written={trace.target.written}
            value={place}
            onChange={(next) => state.ask({ place: next })}
          />
        ) : (
          <NextWordPicker
            id={`${state.id}-follow`}
            label="The next word that is followed"
            predictions={result.predictions}
            value={follow === "" ? first : follow}
            onChange={(next) => state.ask({ follow: next === first ? "" : next })}
            fixed={fixed}
          />
        )}
      </div>
    </>
  );
}
