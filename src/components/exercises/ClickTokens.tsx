import { TokenChip } from "../views/tokens/TokenChip.tsx";
import { keyOf, type TokensProps } from "./authoring.ts";
import { Exercise } from "./Exercise.tsx";
import { isWord } from "./outline.ts";
import { useOutline, useSession } from "./useSession.ts";
import { CHOOSE_WORDS } from "./words.ts";

/** Choose the tokens of a text that are meant. */
export function ClickTokens(props: TokensProps) {
  const session = useSession("tokens", props, keyOf.tokens(props));
  const outline = useOutline(props);
  const side = props.side ?? "source";
  const tokens = outline?.[side] ?? [];
  // Of the most, there is one. Among a source's words neither the instruction nor marks are offered; what is written counts whole.
  const one = "most" in props.rule;
  const offered = (token: (typeof tokens)[number]): boolean => !one || side !== "source" || isWord(token);
  const answer = session.draft.value;
  // Places in another text mean nothing here.
  const chosen = answer?.tokens === tokens.length ? answer.places : [];
  const toggle = (place: number): void => {
    const has = (other: number): boolean => (other === place ? !chosen.includes(place) : chosen.includes(other));
    const places = one ? [place] : [...tokens.keys()].filter(has);
    session.draft.value = { places, tokens: tokens.length };
  };
  return (
    <Exercise kind="tokens" props={props} explain={props.explain} session={session}>
      <fieldset class="uh-ex-pick">
        <legend>{one ? CHOOSE_WORDS.token : CHOOSE_WORDS.tokens}</legend>
        {tokens.map((token, place) =>
          !offered(token) ? null : (
            <label key={place} data-joins={token.joins || undefined}>
              <input
                type={one ? "radio" : "checkbox"}
                name={props.id}
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
          ),
        )}
      </fieldset>
    </Exercise>
  );
}
