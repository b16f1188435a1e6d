import { Choice } from "../../controls/Choice.tsx";
import { ModelPicker } from "../../controls/ModelPicker.tsx";
import { BaselinePicker } from "../../views/attribution/BaselinePicker.tsx";
import { StepsPicker } from "../../views/attribution/StepsPicker.tsx";
import { modelPlace } from "../../views/figure/status.ts";
import { BOUNDS } from "./igQuestion.ts";
import type { IgState } from "./state.ts";
import { shareText } from "./words.ts";

/** Which model, from where, and in how many steps. */
export function Controls({ state }: { readonly state: IgState }) {
  const { id, offers } = state;
  const { baseline, steps, rule, bound } = state.question.value;
  return (
    <>
      <ModelPicker
        id={id}
        models={offers.map(({ info }) => info)}
        value={state.offer.value.info.id}
        onChange={state.chooseModel}
        placeOf={(model) =>
          modelPlace((offers.find(({ info }) => info.id === model) ?? state.offer.value).study.status.value)
        }
      />
      <BaselinePicker id={id} value={baseline} onChange={(next) => state.ask({ baseline: next })} />
      <StepsPicker id={id} steps={steps} rule={rule} onChange={state.ask} />
      {steps === "adaptive" && (
        <Choice
          label="Until the gap is below"
          options={BOUNDS.map((value) => ({ value, label: shareText(value) }))}
          value={bound}
          onChange={(next) => state.ask({ bound: next })}
        />
      )}
    </>
  );
}
