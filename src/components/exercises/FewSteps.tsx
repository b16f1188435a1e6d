import { keyOf, type StepsProps } from "./authoring.ts";
import { Exercise } from "./Exercise.tsx";
import { askWalk } from "./tracing/ask.ts";
import { AskProgress, useAsked } from "./useAsked.tsx";
import { useSession } from "./useSession.ts";
import { STEP_WORDS } from "./words.ts";

/** As few steps of integrated gradients as the bound on the gap allows; the model walks the path. */
export function FewSteps(props: StepsProps) {
  const asked = useAsked(props.evidence);
  const key = keyOf.steps(props);
  const session = useSession("steps", { ...props, evidence: asked.evidence }, key);
  const steps = session.draft.value;
  const known = steps !== null && steps >= 1 && steps <= key.most;
  return (
    <Exercise
      kind="steps"
      props={props}
      explain={props.explain}
      session={session}
      refusal={known ? undefined : STEP_WORDS.range(key.most)}
      busy={asked.asking.value}
      action={STEP_WORDS.run}
      prepare={async () => (steps === null ? null : asked.ask((tracing) => askWalk(tracing, steps, key)))}
    >
      <label class="uh-ex-field">
        <span>{STEP_WORDS.label}</span>
        <input
          type="text"
          inputMode="numeric"
          autocomplete="off"
          size={6}
          maxLength={6}
          value={steps ?? ""}
          onInput={(event) => {
            const { value } = event.currentTarget;
            session.draft.value = /^\s*\d+\s*$/.test(value) ? Number(value) : null;
          }}
        />
      </label>
      <AskProgress asked={asked} tracing={asked.evidence.value?.tracing} />
    </Exercise>
  );
}
