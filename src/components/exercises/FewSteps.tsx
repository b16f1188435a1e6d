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
  return (
    <Exercise
      kind="steps"
      props={props}
      explain={props.explain}
      session={session}
      busy={asked.asking.value}
      action={STEP_WORDS.run}
      prepare={async () => (steps === null ? null : asked.ask((tracing) => askWalk(tracing, steps, key)))}
    >
      <label class="uh-ex-field">
        <span>
          {STEP_WORDS.label}, 1 to {key.most}
        </span>
        <input
          type="number"
          min="1"
          max={key.most}
          step="1"
          autocomplete="off"
          value={steps ?? ""}
          onInput={(event) => {
            const { valueAsNumber } = event.currentTarget;
            session.draft.value = Number.isInteger(valueAsNumber) ? valueAsNumber : null;
          }}
        />
      </label>
      <AskProgress asked={asked} tracing={asked.evidence.value?.tracing} />
    </Exercise>
  );
}
