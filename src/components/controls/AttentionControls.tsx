import type { AttentionKind } from "../../engine/model.ts";
import { Choice } from "./Choice.tsx";
import { Segmented } from "./Segmented.tsx";
import { Toggle } from "./Toggle.tsx";

/** What these controls set. */
export interface AttentionSettings {
  readonly kind: AttentionKind;
  readonly layer: number;
  readonly names: "read" | "written" | null;
  readonly words: boolean;
  readonly hideSpecial: boolean;
  readonly hideInstruction: boolean;
  readonly floor: number;
}

interface ControlProps {
  /** Unique on the page. */
  readonly id: string;
  readonly settings: AttentionSettings;
  readonly onPatch: (change: Partial<AttentionSettings>) => void;
}

const KIND_LABELS: Readonly<Record<AttentionKind, string>> = {
  encoder: "Encoder",
  decoder: "Decoder",
  cross: "Cross",
};

/** Which of the model's kinds of attention is shown; nothing where it has one. */
export function KindPicker(props: ControlProps & { kinds: readonly AttentionKind[] }) {
  if (props.kinds.length < 2) return null;
  return (
    <Segmented
      name={`${props.id}-kind`}
      label="Attention"
      value={props.settings.kind}
      options={props.kinds.map((kind) => ({ value: kind, label: KIND_LABELS[kind] }))}
      onChange={(kind) => props.onPatch({ kind })}
    />
  );
}

/** More layers than these are a list to choose from. */
const SEGMENTS = 6;

/** Which layer is shown; counted from 1 for the reader. */
export function LayerPicker(props: ControlProps & { layers: number }) {
  const options = Array.from({ length: props.layers }, (_, layer) => ({ value: layer, label: String(layer + 1) }));
  const onChange = (layer: number) => props.onPatch({ layer });
  const common = { label: "Layer", value: props.settings.layer, options, onChange };
  return props.layers > SEGMENTS ? <Choice {...common} /> : <Segmented {...common} name={`${props.id}-layer`} />;
}

/** Which one head is shown; counted from 1 for the reader. */
export function HeadPicker(props: { id: string; heads: number; head: number; onHead: (head: number) => void }) {
  const options = Array.from({ length: props.heads }, (_, head) => ({ value: head, label: String(head + 1) }));
  const common = { label: "Head", value: props.head, options, onChange: props.onHead };
  return props.heads > SEGMENTS ? <Choice {...common} /> : <Segmented {...common} name={`${props.id}-head`} />;
}

/** Whether a row stands for the token that the decoder reads there or for the one that it then writes. */
export function RowNamesPicker(props: ControlProps & { names: "read" | "written" }) {
  if (props.settings.kind === "encoder") return null;
  return (
    <Segmented
      name={`${props.id}-names`}
      label="Rows named by"
      value={props.names}
      options={[
        { value: "written", label: "token written" },
        { value: "read", label: "token read" },
      ]}
      onChange={(names) => props.onPatch({ names })}
    />
  );
}

/** Words or sub-words, and what is left out; an instruction only of models that are given one. */
export function TokenToggles(props: ControlProps & { readonly instruction: boolean }) {
  const { settings, onPatch, instruction } = props;
  return (
    <fieldset class="uh-toggles">
      <legend>Tokens</legend>
      <div class="uh-toggle-row">
        <Toggle label="merge into words" checked={settings.words} onChange={(words) => onPatch({ words })} />
        <Toggle
          label="hide special"
          checked={settings.hideSpecial}
          onChange={(hideSpecial) => onPatch({ hideSpecial })}
        />
        {instruction && (
          <Toggle
            label="hide instruction"
            checked={settings.hideInstruction}
            onChange={(hideInstruction) => onPatch({ hideInstruction })}
          />
        )}
      </div>
    </fieldset>
  );
}

/** Lines under this weight are left out. */
export function FloorPicker(props: ControlProps & { floors: readonly number[] }) {
  const { floor } = props.settings;
  const floors = props.floors.includes(floor) ? props.floors : [...props.floors, floor].sort((a, b) => a - b);
  return (
    <Choice
      label="Lines from"
      value={floor}
      options={floors.map((value) => ({ value, label: value === 0 ? "all" : value.toFixed(2) }))}
      onChange={(value) => props.onPatch({ floor: value })}
    />
  );
}
