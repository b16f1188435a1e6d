import { useSignalEffect } from "@preact/signals";
import { keyOf, type ShowProps } from "./authoring.ts";
import { Exercise } from "./Exercise.tsx";
import { useSession, useShown } from "./useSession.ts";
import { headWords, SHOW_WORDS } from "./words.ts";

/** Bring one head alone into the figure; the answer is what the figure shows when it is checked. */
export function ShowHead(props: ShowProps) {
  const session = useSession("show", props, keyOf.show(props));
  const shown = useShown(props);
  useSignalEffect(() => {
    const now = props.evidence?.value;
    if (now) session.draft.value = now.focus ?? "none";
  });
  return (
    <Exercise kind="show" props={props} explain={props.explain} session={session}>
      <p class="uh-ex-picked">
        {SHOW_WORDS.now} <strong>{shown?.focus ? headWords(shown.focus) : SHOW_WORDS.several}</strong>
      </p>
    </Exercise>
  );
}
