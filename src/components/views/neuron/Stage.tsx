import type { ComponentChildren } from "preact";
import type { HeadInside } from "../../../engine/model.ts";
import { type StepNumber, stepFormula, stepName } from "./words.ts";

interface StageProps {
  /** Unique on the page. */
  readonly id: string;
  readonly step: StepNumber;
  readonly inside: HeadInside;
  /** How many steps are unfolded. */
  readonly open: number;
  readonly onOpen: (open: number) => void;
  readonly children: ComponentChildren;
}

/** One step of the picture: a heading that unfolds it, its formula, and what it shows. */
export function Stage(props: StageProps) {
  const { step, open } = props;
  const shown = step <= open;
  const panel = `${props.id}-step-${step}`;
  return (
    <section class="uh-stage" data-step={step} data-open={shown || undefined} aria-label={`Step ${step}`}>
      <p class="uh-stage-head">
        <button
          type="button"
          aria-expanded={shown}
          aria-controls={panel}
          onClick={() => props.onOpen(shown && step > 1 ? step - 1 : step)}
        >
          <span class="uh-stage-number">{step}</span>
          <span class="uh-stage-name">{stepName(step)}</span>
        </button>
        <span class="uh-stage-formula">{stepFormula(step, props.inside)}</span>
      </p>
      <div class="uh-stage-body" id={panel}>
        {props.children}
      </div>
    </section>
  );
}
