import { TokenChip } from "../views/tokens/TokenChip.tsx";
import { keyOf, type TokensProps } from "./authoring.ts";
import { Exercise } from "./Exercise.tsx";
import { useOutline, useSession } from "./useSession.ts";
import { CHOOSE_WORDS } from "./words.ts";

/** Choose the tokens of a text that are meant. */
export function ClickTokens(props: TokensProps) {
  const session = useSession("tokens", props, keyOf.tokens(props));
  const outline = useOutline(props);
  const tokens = outline?.[props.side ?? "source"] ?? [];
  const answer = session.draft.value;
  // Places in another text mean nothing here.
  const chosen = answer?.tokens === tokens.length ? answer.places : [];
  const toggle = (place: number): void => {
    const has = (other: number): boolean => (other === place ? !chosen.includes(place) : chosen.includes(other));
    session.draft.value = { places: [...tokens.keys()].filter(has), tokens: tokens.length };
  };
  return (
    <Exercise kind="tokens" props={props} explain={props.explain} session={session}>
      <fieldset class="uh-ex-pick">
        <legend>{CHOOSE_WORDS.tokens}</legend>
        {tokens.map((token, place) => (
          <label key={place} data-joins={token.joins || undefined}>
            <input
              type="checkbox"
              class="uh-ex-over"
              aria-label={`${token.text}, token ${place + 1}`}
              checked={chosen.includes(place)}
              onChange={() => toggle(place)}
            />
            <TokenChip
              token={token}
              joinsBefore={token.joins}
              joinsAfter={tokens[place + 1]?.joins === true}
              chosen={chosen.includes(place)}
            />
          </label>
        ))}
      </fieldset>
    </Exercise>
  );
}
