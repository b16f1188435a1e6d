import type { OwnText } from "./ownText.ts";

interface ProgressProps {
  readonly text: OwnText;
  /** What the runs were for. */
  readonly made: string;
}

/** How far the runs are, and the way to stop them. */
export function Progress({ text, made }: ProgressProps) {
  const progress = text.progress.value;
  const { live, runs } = text.found.value;
  if (progress === null) {
    return <p class="uh-removal-cost">{live && `${runs} runs of the model: ${made}.`}</p>;
  }
  return (
    <p class="uh-removal-cost" role="status">
      <progress aria-label="Runs of the model" value={progress.done} max={progress.total || 1} />
      <span>{progress.total === 0 ? "reading the text …" : `${progress.done} of ${progress.total} runs`}</span>
      <button type="button" class="uh-cancel" onClick={text.actions.cancel}>
        Stop
      </button>
    </p>
  );
}
