import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { explanationsOf, keyOf, type OrderProps } from "./authoring.ts";
import { Exercise } from "./Exercise.tsx";
import { Inline } from "./Inline.tsx";
import { plainText } from "./inline.ts";
import { shuffled, swapped } from "./steps.ts";
import { useHydrated } from "./useKept.ts";
import { useSession } from "./useSession.ts";
import { ORDER_WORDS } from "./words.ts";

/** Put the steps of a computation in order, each moved up or down by its buttons. */
export function OrderSteps(props: OrderProps) {
  const session = useSession("order", props, keyOf.order(props));
  const spoken = useSignal("");
  const list = useRef<HTMLOListElement>(null);
  const order = session.draft.value ?? shuffled(keyOf.order(props).steps, props.id);

  const move = (place: number, by: -1 | 1): void => {
    const next = swapped(order, place, place + by);
    const name = order[place] ?? "";
    session.draft.value = next;
    const text = plainText(props.steps.find(({ id }) => id === name)?.text ?? "");
    spoken.value = ORDER_WORDS.moved(text, place + by + 1, order.length);
    // The focus goes with the step: to the same button, or at an end to the other one.
    requestAnimationFrame(() => {
      const buttons = list.current?.querySelectorAll<HTMLButtonElement>(`[data-step="${name}"] button`);
      const [up, down] = buttons ?? [];
      const wanted = by < 0 ? up : down;
      (wanted?.disabled ? (by < 0 ? down : up) : wanted)?.focus();
    });
  };

  return (
    <Exercise kind="order" props={props} explain={explanationsOf(props)} session={session}>
      <fieldset class="uh-ex-steps">
        <legend>{ORDER_WORDS.legend}</legend>
        <ol ref={list}>
          {order.map((id, place) => {
            const text = props.steps.find((step) => step.id === id)?.text ?? "";
            return (
              <li key={id} data-step={id}>
                <span class="uh-ex-place" aria-hidden="true">
                  {place + 1}
                </span>
                <span>
                  <Inline text={text} />
                </span>
                <span class="uh-ex-moves">
                  <Move place={place} by={-1} last={order.length - 1} text={text} move={move} />
                  <Move place={place} by={1} last={order.length - 1} text={text} move={move} />
                </span>
              </li>
            );
          })}
        </ol>
      </fieldset>
      <p class="uh-ex-spoken" aria-live="polite">
        {spoken.value}
      </p>
    </Exercise>
  );
}

interface MoveProps {
  readonly place: number;
  readonly by: -1 | 1;
  readonly last: number;
  readonly text: string;
  readonly move: (place: number, by: -1 | 1) => void;
}

function Move({ place, by, last, text, move }: MoveProps) {
  const words = by < 0 ? ORDER_WORDS.up : ORDER_WORDS.down;
  const asleep = !useHydrated().value;
  return (
    <button
      type="button"
      aria-label={`${plainText(text)}: ${words}`}
      disabled={asleep || (by < 0 ? place === 0 : place === last)}
      onClick={() => move(place, by)}
    >
      <span aria-hidden="true">{by < 0 ? "↑" : "↓"}</span>
    </button>
  );
}
