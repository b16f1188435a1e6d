import "../../../styles/tokens.css";
import type { ComponentChildren } from "preact";
import { type Face, shownPiece, visiblePiece, writtenPiece } from "./face.ts";

/** What a chip needs of a token. An engine `Token` fits; so does a word merged from several. */
export interface TokenFace extends Face {
  readonly special: boolean;
  readonly instruction: boolean;
}

export interface TokenChipProps {
  readonly token: TokenFace;
  /** The token continues the word of the token before it: the joint is drawn. */
  readonly joinsBefore?: boolean;
  /** The next token continues this word. */
  readonly joinsAfter?: boolean;
  /** Shows the piece as the tokenizer writes it, with its marks. */
  readonly written?: boolean;
  /** Drawn as chosen, for example locked by a click. */
  readonly chosen?: boolean;
  /** Drawn faint, for example while another token is looked at. */
  readonly dim?: boolean;
  /** Small text after the piece, for example the id. */
  readonly children?: ComponentChildren;
}

/** A token as it looks everywhere: mono, thin outline, joints of sub-words visible, special tokens muted. */
export function TokenChip(props: TokenChipProps) {
  const { token } = props;
  return (
    <span
      class="uh-token"
      data-special={token.special || undefined}
      data-instruction={token.instruction || undefined}
      data-joins-before={props.joinsBefore || undefined}
      data-joins-after={props.joinsAfter || undefined}
      data-chosen={props.chosen || undefined}
      data-dim={props.dim || undefined}
    >
      <bdi>{props.written ? writtenPiece(token.piece) : visiblePiece(shownPiece(token))}</bdi>
      {props.children}
    </span>
  );
}
