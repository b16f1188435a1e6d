import "../../styles/exercise.css";
import "../../styles/exercise-answers.css";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { CommonProps, Explain } from "./authoring.ts";
import { catchUpOn } from "./early.ts";
import { Feedback } from "./Feedback.tsx";
import { Inline } from "./Inline.tsx";
import { plainText } from "./inline.ts";
import { progress } from "./progress/store.ts";
import { type Session, solutionEarned } from "./session.ts";
import type { Kind } from "./types.ts";
import { useHydrated } from "./useKept.ts";
import { RESET_WORDS, stateWords, triesWords } from "./words.ts";

interface ExerciseProps<K extends Kind> {
  readonly kind: K;
  readonly props: CommonProps;
  readonly explain: Explain;
  readonly session: Session<K>;
  /** On the main button, where "Check" does not fit. */
  readonly action?: string;
  /** Why the answer as it stands cannot be checked; said instead of a verdict. */
  readonly refusal?: string;
  /** A check is under way: pressing again changes nothing. */
  readonly busy?: boolean;
  /** What comes before a check and takes a while; gives a refusal, or null. */
  readonly prepare?: () => Promise<string | null>;
  /** The controls that make the answer. */
  readonly children: ComponentChildren;
}

/** What all exercises share: number, question, buttons, hints, solution, and the verdict, which is announced. */
export function Exercise<K extends Kind>(exercise: ExerciseProps<K>) {
  const { kind, props, explain, session } = exercise;
  const entry = session.entry.value;
  const spoken = useSignal("");

  const form = useRef<HTMLFormElement>(null);
  // Before anything is drawn again, which would set the controls back to what the page was served with.
  useLayoutEffect(() => {
    if (form.current) catchUpOn(form.current);
  }, []);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (exercise.busy) return;
    const refusal = exercise.refusal ?? (await exercise.prepare?.());
    if (refusal) session.notice.value = refusal;
    else await session.check();
    spoken.value = announcement(kind, session, explain);
  };
  /** A button that was pressed may be gone afterwards: the focus must not go with it. */
  const press = async (action: () => void | Promise<void>, words: () => string): Promise<void> => {
    await action();
    spoken.value = words();
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) form.current?.querySelector<HTMLElement>(".uh-ex-main")?.focus();
    });
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
      <form ref={form} onSubmit={submit}>
        <p class="uh-ex-question">
          <Inline text={props.question} />
        </p>
        <div class="uh-ex-answer">{exercise.children}</div>
        <Buttons {...exercise} press={press} />
      </form>
      <p class="uh-ex-spoken" aria-live="polite">
        {spoken.value}
      </p>
      {session.notice.value && <p class="uh-ex-notice">{session.notice.value}</p>}
      {/* A notice is about the answer as it stands; under it, the verdict on an earlier one would read as its reason. */}
      {!session.notice.value && <Feedback kind={kind} explain={explain} session={session} />}
      <Help props={props} session={session} />
    </section>
  );
}

function announcement<K extends Kind>(kind: K, session: Session<K>, explain: Explain): string {
  const { verdict, tries } = session.entry.peek();
  if (session.notice.peek() || !verdict) return session.notice.peek();
  return `${triesWords(tries)}: ${stateWords(kind, verdict.state)}. ${plainText(explain[verdict.why] ?? "", verdict.facts)}`;
}

type Press = (action: () => void | Promise<void>, words: () => string) => void;

function Buttons<K extends Kind>({
  props,
  session,
  action,
  busy,
  press,
}: ExerciseProps<K> & { readonly press: Press }) {
  const entry = session.entry.value;
  const { length } = props.hints;
  const facts = () => session.solution.peek().facts;
  // Without its script a press would be lost, and Enter would send the form: neither does, as long as Check is disabled.
  const asleep = !useHydrated().value;
  return (
    <div class="uh-ex-buttons">
      <button type="submit" class="uh-ex-main" disabled={asleep} aria-disabled={busy || undefined}>
        {action ?? "Check"}
      </button>
      {entry.hints < length && (
        <button
          type="button"
          disabled={asleep}
          onClick={() => press(session.hint, () => plainText(props.hints[entry.hints] ?? "", facts()))}
        >
          Hint {entry.hints + 1} of {length}
        </button>
      )}
      {!entry.solutionSeen && (
        <button
          type="button"
          disabled={asleep}
          onClick={() => press(session.showSolution, () => plainText(props.solution, facts()))}
        >
          {solutionEarned(entry) ? "Solution" : "Show me"}
        </button>
      )}
      {entry.at > 0 && (
        <button type="button" onClick={() => press(session.reset, () => RESET_WORDS.done)}>
          Reset
        </button>
      )}
      {session.undoable.value && (
        <button type="button" onClick={() => press(progress.undo, () => RESET_WORDS.undone)}>
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
    <div class="uh-ex-help">
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
