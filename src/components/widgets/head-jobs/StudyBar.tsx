import type { StudyName } from "../../../stored/studyExamples.ts";
import type { ShownStudy } from "./studyState.ts";

interface StudyBarProps {
  readonly corpus: StudyName;
  readonly shown: ShownStudy | null;
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly onCancel: () => void;
}

/** Over what the heads are scored, and what that cost; while it is under way, how far it is. */
export function StudyBar({ corpus, shown, progress, onCancel }: StudyBarProps) {
  if (progress === null) {
    return <p class="uh-jobs-study">{shown ? madeOf(corpus, shown) : "Fetching the stored scores …"}</p>;
  }
  return (
    <div class="uh-jobs-study">
      <progress aria-label="Scoring" value={progress.done} max={progress.total} />
      <span>
        {progress.done} of {progress.total} runs
      </span>
      <button type="button" class="uh-cancel" onClick={onCancel}>
        Stop
      </button>
    </div>
  );
}

const UNITS: Readonly<Record<StudyName, readonly [one: string, many: string, what: string]>> = {
  treebank: ["sentence", "sentences", "of a treebank made for this course"],
  pairs: ["pair", "pairs", "of sentences with gold word alignment"],
  repeats: ["sequence", "sequences", "of random tokens, each twice over"],
  sentence: ["sentence", "sentences", "the one in the field"],
};

function madeOf(corpus: StudyName, { study, cost }: ShownStudy): string {
  const [one, many, what] = UNITS[corpus];
  const over = `${study.sentences} ${study.sentences === 1 ? one : many}, ${what}`;
  if (cost === null) return `Scored beforehand: ${over}.`;
  return `Scored live in this browser: ${over}. ${cost.runs} ${cost.runs === 1 ? "run" : "runs"} in ${cost.seconds.toFixed(1)} s.`;
}
