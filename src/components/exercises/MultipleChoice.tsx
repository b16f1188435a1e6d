import { type ChoiceProps, explanationsOf, keyOf } from "./authoring.ts";
import { Exercise } from "./Exercise.tsx";
import { Inline } from "./Inline.tsx";
import { useSession } from "./useSession.ts";

/** One of several sentences. */
export function MultipleChoice(props: ChoiceProps) {
  const session = useSession("choice", props, keyOf.choice(props));
  return (
    <Exercise kind="choice" props={props} explain={explanationsOf(props)} session={session}>
      <fieldset class="uh-ex-choices">
        <legend>Choose one</legend>
        {props.choices.map(({ id, text }) => (
          <label key={id}>
            <input
              type="radio"
              name={props.id}
              value={id}
              checked={session.draft.value === id}
              onChange={() => {
                session.draft.value = id;
              }}
            />
            <span>
              <Inline text={text} />
            </span>
          </label>
        ))}
      </fieldset>
    </Exercise>
  );
}
