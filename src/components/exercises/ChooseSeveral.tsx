import { explanationsOf, keyOf, type SeveralProps } from "./authoring.ts";
import { Exercise } from "./Exercise.tsx";
import { Inline } from "./Inline.tsx";
import { useSession } from "./useSession.ts";
import { CHOOSE_WORDS } from "./words.ts";

/** All of several sentences that hold. */
export function ChooseSeveral(props: SeveralProps) {
  const session = useSession("several", props, keyOf.several(props));
  const chosen = session.draft.value ?? [];
  const toggle = (id: string): void => {
    const has = (other: string): boolean => (other === id ? !chosen.includes(id) : chosen.includes(other));
    session.draft.value = props.choices.map((choice) => choice.id).filter(has);
  };
  return (
    <Exercise kind="several" props={props} explain={explanationsOf(props)} session={session}>
      <fieldset class="uh-ex-choices">
        <legend>{CHOOSE_WORDS.several}</legend>
        {props.choices.map(({ id, text }) => (
          <label key={id}>
            <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
            <span>
              <Inline text={text} />
            </span>
          </label>
        ))}
      </fieldset>
    </Exercise>
  );
}
