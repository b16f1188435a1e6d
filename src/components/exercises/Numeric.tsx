import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { keyOf, type NumericProps } from "./authoring.ts";
import { Exercise } from "./Exercise.tsx";
import { readNumber } from "./readNumber.ts";
import { useSession } from "./useSession.ts";
import { NOT_A_NUMBER } from "./words.ts";

/** A question that a number answers, read from the model where the key names a quantity. */
export function Numeric(props: NumericProps) {
  const session = useSession("numeric", props, keyOf.numeric(props));
  const typed = useSignal("");

  useEffect(() => {
    let known: number | null = null;
    return session.draft.subscribe((value) => {
      // What was typed before the page was ready may not be a number yet.
      if (value === known) return;
      known = value;
      if (value === null) typed.value = "";
      else if (readNumber(typed.peek()) !== value) typed.value = String(value);
    });
  }, [session]);
  const type = (text: string): void => {
    typed.value = text;
    const value = readNumber(text);
    if (value !== null || text.trim() === "") session.draft.value = value;
  };
  const unreadable = typed.value.trim() !== "" && readNumber(typed.value) === null;

  return (
    <Exercise
      kind="numeric"
      props={props}
      explain={props.explain}
      session={session}
      refusal={unreadable ? NOT_A_NUMBER : undefined}
    >
      <label class="uh-ex-field">
        <span>Your number</span>
        <input
          type="text"
          inputMode="decimal"
          autocomplete="off"
          size={8}
          maxLength={24}
          value={typed.value}
          onInput={(event) => type(event.currentTarget.value)}
        />
      </label>
    </Exercise>
  );
}
