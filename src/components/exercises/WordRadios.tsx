import { TokenChip } from "../views/tokens/TokenChip.tsx";
import { type Face, isWord } from "./outline.ts";

interface WordRadiosProps {
  readonly name: string;
  readonly legend: string;
  readonly tokens: readonly Face[];
  readonly chosen: number | undefined;
  readonly choose: (place: number) => void;
  /** Words that are not offered. */
  readonly except?: readonly string[];
  /** Words that have been chosen before, marked as such. */
  readonly past?: readonly number[];
}

/** One of the words of a text; neither the instruction nor marks are offered. */
export function WordRadios({ name, legend, tokens, chosen, choose, except = [], past = [] }: WordRadiosProps) {
  return (
    <fieldset class="uh-ex-pick">
      <legend>{legend}</legend>
      {tokens.map((token, place) =>
        !isWord(token) || except.includes(token.text) ? null : (
          <label key={place} data-joins={token.joins || undefined} data-past={past.includes(place) || undefined}>
            <input
              type="radio"
              name={name}
              class="uh-ex-over"
              aria-label={`${token.text}, token ${place + 1}${past.includes(place) ? ", tried" : ""}`}
              checked={chosen === place}
              onChange={() => choose(place)}
            />
            <TokenChip
              token={token}
              joinsBefore={token.joins}
              joinsAfter={tokens[place + 1]?.joins === true}
              chosen={chosen === place}
            />
          </label>
        ),
      )}
    </fieldset>
  );
}
