import { useRef } from "preact/hooks";
import { type HeadProps, keyOf } from "./authoring.ts";
import { sameHead } from "./axes.ts";
import { Exercise } from "./Exercise.tsx";
import { moved } from "./selection.ts";
import type { HeadAnswer } from "./types.ts";
import { useOutline, useSession, useShown } from "./useSession.ts";
import { headWords, KIND_WORDS, ordinal, PICK_WORDS } from "./words.ts";

/** Pick the head that does what is named, from a small map of layers and heads or from the figure. */
export function PickHead(props: HeadProps) {
  const session = useSession("head", props, keyOf.head(props));
  const outline = useOutline(props);
  const picked = session.draft.value;
  const focus = useShown(props)?.focus;
  const pick = (answer: HeadAnswer): void => {
    session.draft.value = answer;
    // The figure follows: a head is picked by looking at it.
    if (answer !== "none") session.show({ head: answer, label: PICK_WORDS.picked });
  };

  return (
    <Exercise kind="head" props={props} explain={props.explain} session={session}>
      <fieldset class="uh-ex-heads">
        <legend>{KIND_WORDS[props.part]}: layer and head</legend>
        <Grid
          layers={outline?.layers[props.part] ?? 0}
          heads={outline?.heads ?? 0}
          name={props.id}
          part={props.part}
          picked={picked}
          pick={pick}
        />
        <label class="uh-ex-none">
          <input type="radio" name={props.id} checked={picked === "none"} onChange={() => pick("none")} />
          <span>No head does this</span>
        </label>
      </fieldset>
      {focus?.kind === props.part && !(picked && picked !== "none" && sameHead(picked, focus)) && (
        <button type="button" class="uh-ex-quiet" onClick={() => pick(focus)}>
          Take the head shown: {headWords(focus)}
        </button>
      )}
      {picked && picked !== "none" && picked.kind !== props.part && (
        <p class="uh-ex-picked">Your pick: {headWords(picked)}</p>
      )}
    </Exercise>
  );
}

interface GridProps {
  readonly layers: number;
  readonly heads: number;
  readonly name: string;
  readonly part: HeadProps["part"];
  readonly picked: HeadAnswer | null;
  readonly pick: (answer: HeadAnswer) => void;
}

const count = (length: number): number[] => Array.from({ length }, (_, index) => index);

function Grid({ layers, heads, name, part, picked, pick }: GridProps) {
  const table = useRef<HTMLTableElement>(null);
  /** Up and down go to another layer; at the edge the radio group goes on by itself, at last to "no head". */
  const press = (event: KeyboardEvent, layer: number, head: number): void => {
    const next = moved({ query: layer, key: head }, event.key, layers, heads);
    if (!next || (next.query === layer && next.key === head)) return;
    event.preventDefault();
    pick({ kind: part, layer: next.query, head: next.key });
    table.current?.querySelectorAll("input")[next.query * heads + next.key]?.focus();
  };
  return (
    <table ref={table}>
      <thead>
        <tr>
          <td />
          {count(heads).map((head) => (
            <th key={head} scope="col">
              <span aria-hidden="true">{ordinal(head)}</span>
              <span class="uh-ex-spoken">head {ordinal(head)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {count(layers).map((layer) => (
          <tr key={layer}>
            <th scope="row">layer {ordinal(layer)}</th>
            {count(heads).map((head) => {
              const ref = { kind: part, layer, head };
              return (
                <td key={head}>
                  <label data-head={head % 12}>
                    <input
                      type="radio"
                      class="uh-ex-over"
                      name={name}
                      aria-label={`layer ${ordinal(layer)}, head ${ordinal(head)}`}
                      checked={picked !== null && picked !== "none" && sameHead(picked, ref)}
                      onChange={() => pick(ref)}
                      onKeyDown={(event) => press(event, layer, head)}
                    />
                  </label>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
