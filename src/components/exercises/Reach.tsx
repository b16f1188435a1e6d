import { useSignalEffect } from "@preact/signals";
import { keyOf, type ReachProps } from "./authoring.ts";
import { Exercise } from "./Exercise.tsx";
import { quantityValue } from "./quantities.ts";
import { useSession, useShown } from "./useSession.ts";
import { REACH_WORDS } from "./words.ts";

/** Find a text on which the figure shows what is asked for; the answer is what it shows when it is checked. */
export function Reach(props: ReachProps) {
  const session = useSession("reach", props, keyOf.reach(props));
  const shown = useShown(props);
  useSignalEffect(() => {
    const value = quantityValue(props.answer, props.evidence?.value ?? null);
    if (value !== null) session.draft.value = value;
  });
  const value = quantityValue(props.answer, shown);
  return (
    <Exercise kind="reach" props={props} explain={props.explain} session={session}>
      <p class="uh-ex-picked">
        {REACH_WORDS.now}{" "}
        <strong>{shown?.live && value !== null ? REACH_WORDS.live(value) : REACH_WORDS.stored}</strong>
      </p>
    </Exercise>
  );
}
