import type { Face } from "./outline.ts";

interface TokenRadiosProps {
  readonly name: string;
  readonly legend: string;
  /** Which side of attention they stand on; gives the colour. */
  readonly meaning: "query" | "key";
  readonly tokens: readonly Face[];
  readonly chosen: number | undefined;
  readonly choose: (position: number) => void;
}

/** One of the tokens of a text, each looking like a token. */
export function TokenRadios({ name, legend, meaning, tokens, chosen, choose }: TokenRadiosProps) {
  return (
    <fieldset class="uh-ex-tokens" data-meaning={meaning}>
      <legend>{legend}</legend>
      {tokens.map((token, position) => (
        <label
          key={position}
          class="uh-ex-token"
          data-special={token.special || undefined}
          data-instruction={token.instruction || undefined}
          data-joins={token.joins || undefined}
        >
          <input
            type="radio"
            class="uh-ex-over"
            name={name}
            checked={chosen === position}
            onChange={() => choose(position)}
          />
          <bdi>{token.text}</bdi>
        </label>
      ))}
    </fieldset>
  );
}
