import { useSignalEffect } from "@preact/signals";
import { keyOf, type OffProps } from "./authoring.ts";
import { Exercise } from "./Exercise.tsx";
import { useSession, useShown } from "./useSession.ts";
import { headWords, OFF_WORDS } from "./words.ts";

/** Switch heads off in the figure; the answer is what is off in its run when it is checked. */
export function SwitchOff(props: OffProps) {
  const session = useSession("off", props, keyOf.off(props));
  const off = useShown(props)?.removal?.off ?? [];
  useSignalEffect(() => {
    const removal = props.evidence?.value?.removal;
    if (removal) session.draft.value = removal.off;
  });
  return (
    <Exercise kind="off" props={props} explain={props.explain} session={session}>
      <p class="uh-ex-picked">
        {OFF_WORDS.now} <strong>{off.length > 0 ? off.map(headWords).join("; ") : OFF_WORDS.none}</strong>
      </p>
    </Exercise>
  );
}
