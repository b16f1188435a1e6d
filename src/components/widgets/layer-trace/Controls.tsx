import { ModelPicker } from "../../controls/ModelPicker.tsx";
import { Segmented } from "../../controls/Segmented.tsx";
import { TextField } from "../../controls/TextField.tsx";
import { Toggle } from "../../controls/Toggle.tsx";
import { NextWordPicker, WrittenPicker } from "../../views/attribution/OutputPicker.tsx";
import { modelPlace } from "../../views/figure/status.ts";
import { barePiece } from "../../views/tokens/face.ts";
import type { LayerState } from "./state.ts";
import { MEASURES } from "./words.ts";

/** Which model, what a cell shows, and how it is coloured. */
export function Controls({ state }: { readonly state: LayerState }) {
  const { info, study } = state.offer.value;
  const { measure, by, words } = state.view.value;
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
      <Segmented
        name={`${state.id}-measure`}
        label="In each cell"
        value={measure}
        options={(["norm", "score"] as const).map((value) => ({ value, label: MEASURES[value] }))}
        onChange={(next) => state.draw({ measure: next })}
      />
      <Segmented
        name={`${state.id}-by`}
        label="Colours"
        value={by}
        options={[
          { value: "row", label: "each layer its own" },
          { value: "all", label: "one scale" },
        ]}
        onChange={(next) => state.draw({ by: next })}
      />
      <Toggle label="merge into words" checked={words} onChange={(next) => state.draw({ words: next })} />
    </>
  );
}

/** The text, and the output that is followed. */
export function Editor({ state }: { readonly state: LayerState }) {
  const { info, chosen, study } = state.offer.value;
  const { source, to } = chosen.value;
  const { question, result } = study.shown.value;
  const fixed = study.status.value.absent;
  const count = source === question.source ? result.trace.source.tokens.length : null;
  const isPair = info.family === "encoder";
  const limit = info.limits.source;
  return (
    <>
      <div class="uh-editor" data-lone={isPair ? undefined : true}>
        <TextField
          id={`${state.id}-source`}
          label={isPair ? "First sentence" : "Text"}
          text={source}
          onText={(text) => state.ask({ source: text })}
          tally={{ count, limit, cut: 0 }}
          note={fixed ? { text: "This copy of the site has only the stored answers to this text." } : null}
          fixed={fixed}
        />
        {isPair && (
          <TextField
            id={`${state.id}-to`}
            label="Second sentence"
            text={to}
            onText={(text) => state.ask({ to: text })}
            tally={{ count: null, limit, cut: 0 }}
            note={null}
            fixed={fixed}
          />
        )}
      </div>
      <Outputs state={state} fixed={fixed} />
    </>
  );
}

function Outputs({ state, fixed }: { readonly state: LayerState; readonly fixed: boolean }) {
  const { info, chosen, study } = state.offer.value;
  const { trace } = study.shown.value.result;
  const { follow } = chosen.value;
  if (info.family === "encoder") return null;
  const { watched } = { watched: [], ...trace };
  const likely = trace.predictions.at(-1) ?? [];
  // Words that the run has watched are offered as well: for the stored text, those that are stored.
  const predictions = [...likely, ...watched];
  const first = barePiece(predictions[0]?.piece ?? "").trim();
  return (
    <div class="uh-layers-outputs">
      {trace.target ? (
        <WrittenPicker
          id={state.id}
          written={trace.target.written}
          value={state.row.value.place}
          onChange={(place) => state.ask({ place })}
        />
      ) : (
        <NextWordPicker
          id={`${state.id}-follow`}
          label="The next word that is explained"
          predictions={predictions}
          value={follow === "" ? first : follow}
          onChange={(next) => state.ask({ follow: next === first ? "" : next })}
          fixed={fixed}
        />
      )}
    </div>
  );
}
