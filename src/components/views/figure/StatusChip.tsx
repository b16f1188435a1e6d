import type { ReadonlySignal } from "@preact/signals";
import { Popover } from "./Popover.tsx";
import { chipText, type FigureActions, type FigureDevice, type FigureStatus } from "./status.ts";

interface StatusChipProps {
  readonly id: string;
  readonly status: ReadonlySignal<FigureStatus>;
  readonly actions: FigureActions;
}

/** Says where the picture comes from; opens onto the choice of device. */
export function StatusChip(props: StatusChipProps) {
  const status = props.status.value;
  const loading = status.phase === "loading";
  return (
    <div class="uh-status" data-shown={status.shown} data-phase={status.phase}>
      {canRun(status) && (
        <button type="button" class="uh-run" onClick={props.actions.run}>
          {status.offer ?? "Run it live"}
        </button>
      )}
      <Popover label={<ChipLabel status={status} />} name={`Source of the picture: ${chipText(status)}`} kind="chip">
        <DeviceChoice {...props} />
      </Popover>
      {loading && (
        <button type="button" class="uh-cancel" onClick={props.actions.cancel}>
          Cancel
        </button>
      )}
    </div>
  );
}

function ChipLabel(props: { status: FigureStatus }) {
  const { status } = props;
  return (
    <>
      <span class="uh-chip-dot" aria-hidden="true" />
      <span class="uh-chip-text">{chipText(status)}</span>
      {status.phase === "loading" && status.progress && (
        <progress
          class="uh-chip-bar"
          aria-label="Loading the model"
          value={status.progress.loaded}
          max={status.progress.total || 1}
        />
      )}
    </>
  );
}

const CHOICES: readonly { value: "auto" | FigureDevice; label: string; hint: string }[] = [
  { value: "auto", label: "Automatic", hint: "the graphics card where its numbers are right, else the processor" },
  { value: "wasm", label: "WASM", hint: "the processor; runs everywhere" },
  { value: "webgpu", label: "WebGPU", hint: "the graphics card" },
];

function DeviceChoice(props: StatusChipProps) {
  const status = props.status.value;
  return (
    <fieldset class="uh-device">
      <legend>Where the model runs</legend>
      {CHOICES.map((choice) => (
        <label key={choice.value} class="uh-radio">
          <input
            type="radio"
            name={`${props.id}-device`}
            value={choice.value}
            checked={status.preference === choice.value}
            onChange={() => props.actions.prefer(choice.value)}
          />
          <span>
            <b>{choice.label}</b> <small>{choice.hint}</small>
          </span>
        </label>
      ))}
      <p class="uh-device-note">{originOf(status)}</p>
    </fieldset>
  );
}

function originOf(status: FigureStatus): string {
  if (status.shown === "live") return "This picture was computed in your browser. Nothing was sent anywhere.";
  const before = "This picture was computed beforehand by the same model.";
  if (status.absent) return `${before} The model itself is not part of this copy of the site.`;
  return `${before} Edit the text, or run it live.`;
}

/** Whether there is something that a run would change. */
function canRun(status: FigureStatus): boolean {
  if (status.absent) return false;
  const busy = status.phase === "loading" || status.phase === "running";
  return !busy && (status.shown === "stored" || status.stale);
}
