import { useEffect } from "preact/hooks";
import { type BetProps, keyOf } from "./authoring.ts";
import { Exercise } from "./Exercise.tsx";
import { askScores } from "./tracing/ask.ts";
import { AskProgress, useAsked } from "./useAsked.tsx";
import { useOutline, useSession } from "./useSession.ts";
import { WordRadios } from "./WordRadios.tsx";
import { BET_WORDS } from "./words.ts";

/** Bet on the word that a method will put first; then the model computes, and the figure opens. */
export function BetToken(props: BetProps) {
  const asked = useAsked(props.evidence);
  const key = keyOf.bet(props);
  // The bet is placed before anything is seen: what opens the figure is the verdict.
  const { curtain, ...rest } = props;
  const session = useSession("bet", { ...rest, evidence: asked.evidence }, key);
  const tokens = useOutline(props)?.[key.side] ?? [];
  const { verdict, solutionSeen } = session.entry.value;
  const open = verdict !== null || solutionSeen;
  useEffect(() => {
    if (curtain) curtain.value = open;
  }, [open]);

  const answer = session.draft.value;
  const chosen = answer?.tokens === tokens.length ? answer.places[0] : undefined;
  return (
    <Exercise
      kind="bet"
      props={props}
      explain={props.explain}
      session={session}
      busy={asked.asking.value}
      action={open ? BET_WORDS.compare : BET_WORDS.bet}
      prepare={() => asked.ask((tracing) => askScores(tracing, key.side, key.request))}
    >
      <WordRadios
        name={props.id}
        legend={BET_WORDS.legend}
        tokens={tokens}
        chosen={chosen}
        choose={(place) => {
          session.draft.value = { places: [place], tokens: tokens.length };
        }}
      />
      <AskProgress asked={asked} tracing={asked.evidence.value?.tracing} />
    </Exercise>
  );
}
