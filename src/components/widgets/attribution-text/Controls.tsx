import { ModelPicker } from "../../controls/ModelPicker.tsx";
import { Segmented } from "../../controls/Segmented.tsx";
import { Toggle } from "../../controls/Toggle.tsx";
import { BaselinePicker } from "../../views/attribution/BaselinePicker.tsx";
import { MethodPicker } from "../../views/attribution/MethodPicker.tsx";
import { METHOD_WORDS } from "../../views/attribution/methodWords.ts";
import { StepsPicker } from "../../views/attribution/StepsPicker.tsx";
import { modelPlace } from "../../views/figure/status.ts";
import { TOKEN_METHODS } from "./asked.ts";
import { matrixOf } from "./exports.ts";
import type { TextState, View } from "./state.ts";

/** Which model, which method with what belongs to it, and how the picture is drawn. */
export function Controls({ state }: { readonly state: TextState }) {
  const offer = state.offer.value;
  const { method } = offer.chosen.value;
  return (
    <>
      <ModelPicker
        id={state.id}
        models={state.offers.map(({ info }) => info)}
        value={offer.info.id}
        onChange={state.chooseModel}
        placeOf={(model) =>
          modelPlace((state.offers.find(({ info }) => info.id === model) ?? offer).study.status.value)
        }
      />
      <MethodPicker methods={TOKEN_METHODS} value={method} onChange={(next) => state.ask({ method: next })} />
      <MethodSettings state={state} />
      {state.contrast && <ScalePicker state={state} />}
      <ViewSettings state={state} />
    </>
  );
}

function MethodSettings({ state }: { readonly state: TextState }) {
  const { method, norm, baseline, steps, rule } = state.offer.value.chosen.value;
  const { takes } = METHOD_WORDS[method];
  return (
    <>
      {takes.includes("norm") && (
        <Segmented
          name={`${state.id}-norm`}
          label="Length"
          value={norm}
          options={[
            { value: 2, label: "L2" },
            { value: 1, label: "L1" },
          ]}
          onChange={(next) => state.ask({ norm: next })}
        />
      )}
      {takes.includes("baseline") && (
        <BaselinePicker id={state.id} value={baseline} onChange={(next) => state.ask({ baseline: next })} />
      )}
      {takes.includes("steps") && (
        <StepsPicker id={state.id} steps={steps} rule={rule} onChange={(change) => state.ask(change)} />
      )}
    </>
  );
}

function ScalePicker({ state }: { readonly state: TextState }) {
  return (
    <Segmented
      name={`${state.id}-scale`}
      label="Followed as"
      value={state.offer.value.chosen.value.scale}
      options={[
        { value: "logit", label: "logit" },
        { value: "log-probability", label: "log-probability" },
        { value: "probability", label: "probability" },
      ]}
      onChange={(scale) => state.ask({ scale })}
    />
  );
}

function ViewSettings({ state }: { readonly state: TextState }) {
  const view = state.view.value;
  const set = (change: Partial<View>) => {
    state.cell.value = null;
    state.pointed.value = null;
    state.view.value = { ...view, ...change };
  };
  return (
    <>
      {state.offer.value.info.family === "encoder" && (
        <Segmented
          name={`${state.id}-second`}
          label="Coloured"
          value={view.second ? "second" : "first"}
          options={[
            { value: "first", label: "first" },
            { value: "second", label: "second" },
          ]}
          onChange={(side) => set({ second: side === "second" })}
        />
      )}
      {matrixOf(state) && (
        <Segmented
          name={`${state.id}-by`}
          label="Colours of the table"
          value={view.by}
          options={[
            { value: "all", label: "one scale" },
            { value: "row", label: "each row its own" },
          ]}
          onChange={(by) => set({ by })}
        />
      )}
      <Toggle label="merge into words" checked={view.words} onChange={(words) => set({ words })} />
    </>
  );
}
