import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { AttentionKind } from "../../engine/model.ts";
import { keyOf, type PredictProps } from "./authoring.ts";
import { Exercise } from "./Exercise.tsx";
import { keysOf, type Outline, queriesOf } from "./outline.ts";
import { TokenRadios } from "./TokenRadios.tsx";
import type { Guess } from "./types.ts";
import { useOutline, useSession } from "./useSession.ts";
import { KIND_WORDS, PREDICT_WORDS } from "./words.ts";

const PARTS: readonly AttentionKind[] = ["encoder", "decoder", "cross"];

/** Predict where attention goes; then the figure opens and the guess is set beside the numbers. */
export function Predict(props: PredictProps) {
  const session = useSession("predict", props, keyOf.predict(props));
  const outline = useOutline(props);
  const parts = useSignal<Partial<Guess>>({});
  const { verdict, solutionSeen } = session.entry.value;
  const open = verdict !== null || solutionSeen;

  useEffect(() => {
    let known: Guess | null = null;
    return session.draft.subscribe((guess) => {
      // A part may have been chosen before the page was ready.
      if (guess === known) return;
      known = guess;
      parts.value = guess ?? {};
    });
  }, [session]);
  useEffect(() => {
    if (props.curtain) props.curtain.value = open;
  }, [open]);

  const choose = (change: Partial<Guess>): void => {
    const { kind, query, key } = { ...parts.value, ...change };
    parts.value = { kind, query, key };
    if (kind !== undefined && query !== undefined && key !== undefined) session.draft.value = { kind, query, key };
  };
  const complete = parts.value.query !== undefined && parts.value.key !== undefined;

  return (
    <Exercise
      kind="predict"
      props={props}
      explain={props.explain}
      session={session}
      action={open ? "Compare" : "Predict"}
      refusal={complete ? undefined : PREDICT_WORDS.incomplete}
    >
      <PartRadios
        name={props.id}
        chosen={parts.value.kind}
        choose={(kind) => choose({ kind, query: undefined, key: undefined })}
      />
      {outline && parts.value.kind && <Tokens id={props.id} outline={outline} guess={parts.value} choose={choose} />}
    </Exercise>
  );
}

interface PartRadiosProps {
  readonly name: string;
  readonly chosen: AttentionKind | undefined;
  readonly choose: (kind: AttentionKind) => void;
}

function PartRadios({ name, chosen, choose }: PartRadiosProps) {
  return (
    <fieldset class="uh-ex-parts">
      <legend>{PREDICT_WORDS.part}</legend>
      {PARTS.map((kind) => (
        <label key={kind} class="uh-ex-chip">
          <input
            type="radio"
            class="uh-ex-over"
            name={`${name}-part`}
            checked={chosen === kind}
            onChange={() => choose(kind)}
          />
          <span>{KIND_WORDS[kind]}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface TokensProps {
  readonly id: string;
  readonly outline: Outline;
  readonly guess: Partial<Guess>;
  readonly choose: (change: Partial<Guess>) => void;
}

function Tokens({ id, outline, guess, choose }: TokensProps) {
  const kind = guess.kind ?? "cross";
  return (
    <>
      <TokenRadios
        name={`${id}-query`}
        legend={PREDICT_WORDS.from[kind]}
        meaning="query"
        tokens={queriesOf(outline, kind)}
        chosen={guess.query}
        choose={(query) => choose({ query })}
      />
      <TokenRadios
        name={`${id}-key`}
        legend={PREDICT_WORDS.to}
        meaning="key"
        tokens={keysOf(outline, kind)}
        chosen={guess.key}
        choose={(key) => choose({ key })}
      />
    </>
  );
}
