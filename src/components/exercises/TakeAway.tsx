import { useSignal } from "@preact/signals";
import { type FlipProps, keyOf } from "./authoring.ts";
import { Exercise } from "./Exercise.tsx";
import { askRemovals } from "./tracing/ask.ts";
import { AskProgress, useAsked } from "./useAsked.tsx";
import { useOutline, useSession } from "./useSession.ts";
import { WordRadios } from "./WordRadios.tsx";
import { AWAY_WORDS } from "./words.ts";

/** Take words away, one at a time, until the answer turns round; the words that were tried are the answer. */
export function TakeAway(props: FlipProps) {
  const asked = useAsked(props.evidence);
  const key = keyOf.flip(props);
  const session = useSession("flip", { ...props, evidence: asked.evidence }, key);
  const tokens = useOutline(props)?.[key.side] ?? [];
  const chosen = useSignal<number | undefined>(undefined);
  const { answer } = session.entry.value;
  const tried = answer?.tokens === tokens.length ? answer.places : [];

  const prepare = async (): Promise<string | null> => {
    const place = chosen.peek();
    if (place === undefined) return null;
    if (tried.includes(place)) return AWAY_WORDS.again;
    // All removals of a text are measured at once; the next try needs no run.
    const known = asked.evidence.peek()?.traced?.order !== undefined;
    const refusal = known ? null : await asked.ask((tracing) => askRemovals(tracing, key.side));
    if (refusal === null) session.draft.value = { places: [...tried, place], tokens: tokens.length };
    return refusal;
  };
  return (
    <Exercise
      kind="flip"
      props={props}
      explain={props.explain}
      session={session}
      busy={asked.asking.value}
      action={AWAY_WORDS.check}
      prepare={prepare}
    >
      <WordRadios
        name={props.id}
        legend={AWAY_WORDS.legend}
        tokens={tokens}
        chosen={chosen.value}
        except={key.except}
        past={tried}
        choose={(place) => {
          chosen.value = place;
        }}
      />
      <p class="uh-ex-picked">
        {AWAY_WORDS.tried} <strong>{tried.map((place) => tokens[place]?.text).join(", ") || AWAY_WORDS.none}</strong>
      </p>
      <AskProgress asked={asked} tracing={asked.evidence.value?.tracing} />
    </Exercise>
  );
}
