import "../../styles/exercise.css";
import "../../styles/exercise-answers.css";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { CommonProps, Explain } from "./authoring.ts";
import { Feedback } from "./Feedback.tsx";
import { Inline } from "./Inline.tsx";
import { plainText } from "./inline.ts";
import { progress } from "./progress/store.ts";
import { type Session, solutionEarned } from "./session.ts";
import type { Kind } from "./types.ts";
import { stateWords } from "./words.ts";

interface ExerciseProps<K extends Kind> {
  readonly kind: K;
  readonly props: CommonProps;
  readonly explain: Explain;
  readonly session: Session<K>;
  /** On the main button, where "Check" does not fit. */
  readonly action?: string;
  /** Why the answer as it stands cannot be checked; said instead of a verdict. */
  readonly refusal?: string;
  /** The controls that make the answer. */
  readonly children: ComponentChildren;
}

/** What all exercises share: number, question, buttons, hints, solution, and the verdict, which is announced. */
export function Exercise<K extends Kind>(exercise: ExerciseProps<K>) {
  const { kind, props, explain, session } = exercise;
  const entry = session.entry.value;
  const spoken = useSignal("");

  const submit = (event: Event): void => {
    event.preventDefault();
    if (exercise.refusal) session.notice.value = exercise.refusal;
    else session.check();
    spoken.value = announcement(kind, session, explain);
  };

  return (
    <section
      id={props.id}
      class="uh-exercise not-content"
      aria-labelledby={`${props.id}-title`}
      data-done={entry.done || undefined}
    >
      <h3 id={`${props.id}-title`}>
        <span class="uh-ex-label">{props.label}</span> {props.title}
        {entry.done && <span class="uh-ex-done">done</span>}
      </h3>
      {entry.changed && (
        <p class="uh-ex-changed">
          This exercise has changed since you answered it. Your answer is kept; check it again.
        </p>
      )}
      <form onSubmit={submit}>
        <p class="uh-ex-question">
          <Inline text={props.question} />
        </p>
        <div class="uh-ex-answer">{exercise.children}</div>
        <Buttons {...exercise} />
      </form>
      <p class="uh-ex-spoken" aria-live="polite">
        {spoken.value}
      </p>
      {session.notice.value && <p class="uh-ex-notice">{session.notice.value}</p>}
      <Feedback kind={kind} explain={explain} session={session} figure={props.evidence?.value?.figure} />
      <Help props={props} session={session} />
    </section>
  );
}

function announcement<K extends Kind>(kind: K, session: Session<K>, explain: Explain): string {
  const { verdict } = session.entry.peek();
  if (session.notice.peek() || !verdict) return session.notice.peek();
  return `${stateWords(kind, verdict.state)}. ${plainText(explain[verdict.why] ?? "", verdict.facts)}`;
}

function Buttons<K extends Kind>({ props, session, action }: ExerciseProps<K>) {
  const entry = session.entry.value;
  const { length } = props.hints;
  const undoable = Object.hasOwn(progress.undoable.value?.entries ?? {}, props.id);
  return (
    <div class="uh-ex-buttons">
      <button type="submit" class="uh-ex-main">
        {action ?? "Check"}
      </button>
      {entry.hints < length && (
        <button type="button" onClick={session.hint}>
          Hint {entry.hints + 1} of {length}
        </button>
      )}
      {!entry.solutionSeen && (
        <button type="button" onClick={session.showSolution}>
          {solutionEarned(entry) ? "Solution" : "Show me"}
        </button>
      )}
      {entry.at > 0 && (
        <button type="button" onClick={session.reset}>
          Reset
        </button>
      )}
      {undoable && (
        <button type="button" onClick={progress.undo}>
          Undo reset
        </button>
      )}
      {progress.keeping.value === "memory" && entry.at > 0 && (
        <p class="uh-ex-memory">
          This browser does not let the page save. Your work stays until you close the page; you can export it from the
          list of exercises.
        </p>
      )}
    </div>
  );
}

function Help<K extends Kind>({ props, session }: { readonly props: CommonProps; readonly session: Session<K> }) {
  const entry = session.entry.value;
  return (
    <div class="uh-ex-help" role="status">
      {props.hints.slice(0, entry.hints).map((hint, index) => (
        <p key={hint}>
          <strong>Hint {index + 1}.</strong> <Inline text={hint} facts={session.solution.value.facts} />
        </p>
      ))}
      {entry.solutionSeen && (
        <p>
          <strong>Solution.</strong> <Inline text={props.solution} facts={session.solution.value.facts} />
        </p>
      )}
    </div>
  );
}
