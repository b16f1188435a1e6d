import "../../styles/model-picker.css";
import type { ModelInfo } from "../../engine/model.ts";
import { type ModelPlace, madeText, placeText } from "./modelOffer.ts";

interface ModelPickerProps {
  /** Unique on the page. */
  readonly id: string;
  readonly models: readonly ModelInfo[];
  readonly value: string;
  readonly onChange: (model: string) => void;
  readonly placeOf: (model: string) => ModelPlace;
}

/** The command that builds a model which this copy of the site lacks, by the model's name. */
const COMMANDS: Readonly<Record<string, string>> = { "smollm2-135m": "npm run models:smollm2" };

/** Which model is shown, each with what it is and how large. Choosing one loads nothing. */
export function ModelPicker(props: ModelPickerProps) {
  const { id, models, value, placeOf } = props;
  const lacking = models.find((model) => model.id === value && placeOf(value) === "absent");
  return (
    <fieldset class="uh-models">
      <legend>Model</legend>
      <div class="uh-model-row">
        {models.map((model) => (
          <label key={model.id} class="uh-model">
            <input
              type="radio"
              name={`${id}-model`}
              value={model.id}
              checked={model.id === value}
              onChange={() => props.onChange(model.id)}
            />
            <span class="uh-model-name">{model.name}</span>
            <span class="uh-model-made">{madeText(model)}</span>
            <span class="uh-model-place" data-place={placeOf(model.id)}>
              {placeText(model, placeOf(model.id))}
            </span>
          </label>
        ))}
      </div>
      <p class="uh-model-lacking" role="status">
        {lacking && <Lacking model={lacking} />}
      </p>
    </fieldset>
  );
}

function Lacking({ model }: { readonly model: ModelInfo }) {
  const command = COMMANDS[model.id];
  return (
    <>
      This copy of the site shows the stored run of {model.name} and cannot run it.
      {command && (
        <>
          {" "}
          Whoever hosts it adds the model with <code>{command}</code>.
        </>
      )}
    </>
  );
}
