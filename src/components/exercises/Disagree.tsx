import { useSignalEffect } from "@preact/signals";
import { type DisagreeProps, keyOf } from "./authoring.ts";
import { Exercise } from "./Exercise.tsx";
import { useSession, useShown } from "./useSession.ts";
import { DISAGREE_WORDS } from "./words.ts";

/** Find a text on which the figure's two methods contradict each other; the answer is what it shows when it is checked. */
export function Disagree(props: DisagreeProps) {
  const session = useSession("disagree", props, keyOf.disagree(props));
  const shown = useShown(props);
  useSignalEffect(() => {
    const rho = props.evidence?.value?.comparison?.rho;
    if (rho !== undefined) session.draft.value = rho;
  });
  return (
    <Exercise kind="disagree" props={props} explain={props.explain} session={session}>
      <p class="uh-ex-picked">
        {DISAGREE_WORDS.now} <strong>{saidOf(shown)}</strong>
      </p>
    </Exercise>
  );
}

function saidOf(shown: ReturnType<typeof useShown>): string {
  if (!shown?.comparison) return DISAGREE_WORDS.none;
  if (!shown.live) return DISAGREE_WORDS.stored;
  const { rho, first, second } = shown.comparison;
  return DISAGREE_WORDS.live(rho.toFixed(2).replace("-", "−"), first, second);
}
