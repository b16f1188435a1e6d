import { ModelPicker } from "../../controls/ModelPicker.tsx";
import { TextField } from "../../controls/TextField.tsx";
import { NextWordPicker, WrittenPicker } from "../../views/attribution/OutputPicker.tsx";
import { modelPlace } from "../../views/figure/status.ts";
import { barePiece } from "../../views/tokens/face.ts";
import type { PatchingState } from "./state.ts";

/** Which model. */
export function Controls({ state }: { readonly state: PatchingState }) {
  const { info, study } = state.offer.value;
  return (
    <ModelPicker
      id={state.id}
      models={state.offers.map((offer) => offer.info)}
      value={info.id}
      onChange={state.chooseModel}
      placeOf={(model) =>
        modelPlace((state.offers.find((offer) => offer.info.id === model)?.study ?? study).status.value)
      }
    />
  );
}

/** Both texts, and the output that is followed. */
export function Editor({ state }: { readonly state: PatchingState }) {
  const { info, chosen, counts, study } = state.offer.value;
  const { source, corrupted } = chosen.value;
  const { clean, corrupted: other } = counts.value;
  const fixed = study.status.value.absent;
  const limit = info.limits.source;
  return (
    <>
      <div class="uh-editor uh-patch-pair">
        <TextField
          id={`${state.id}-clean`}
          label="Clean text: its states are put back"
          text={source}
          onText={(text) => state.ask({ source: text })}
          tally={{ count: clean, limit, cut: 0 }}
          note={fixed ? { text: "This copy of the site has only the stored pair of texts." } : null}
          fixed={fixed}
        />
        <TextField
          id={`${state.id}-corrupted`}
          label="Corrupted text: into this run"
          text={corrupted}
          onText={(text) => state.ask({ corrupted: text })}
          tally={{ count: other, limit, cut: 0 }}
          note={null}
          fixed={fixed}
        />
      </div>
      <Outputs state={state} fixed={fixed} />
    </>
  );
}

function Outputs({ state, fixed }: { readonly state: PatchingState; readonly fixed: boolean }) {
  const { chosen, study } = state.offer.value;
  const { follow, place, against } = chosen.value;
  const { predictions, trace, followed } = study.shown.value.result;
  const first = barePiece(predictions[0]?.piece ?? "").trim();
  return (
    <div class="uh-patch-outputs">
      {trace.target ? (
        <WrittenPicker
          id={state.id}
          written={trace.target.written}
          value={place}
          onChange={(next) => state.ask({ place: next, against: "" })}
        />
      ) : (
        <NextWordPicker
          id={`${state.id}-follow`}
          label="The next word that is followed"
          predictions={predictions}
          value={follow === "" ? first : follow}
          onChange={(next) => state.ask({ follow: next === first ? "" : next })}
          fixed={fixed}
        />
      )}
      <NextWordPicker
        id={`${state.id}-against`}
        label="… against"
        predictions={predictions}
        value={against}
        onChange={(next) => state.ask({ against: next })}
        empty="nothing"
        without={followed}
        fixed={fixed}
      />
    </div>
  );
}
