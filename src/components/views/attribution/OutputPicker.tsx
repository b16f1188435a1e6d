import "../../../styles/attribution.css";
import type { ComponentChildren } from "preact";
import type { Prediction, Token } from "../../../engine/model.ts";
import { percentText } from "../../../lib/format.ts";
import { barePiece, visiblePiece } from "../tokens/face.ts";
import { TokenChip } from "../tokens/TokenChip.tsx";
import { WordField } from "./WordField.tsx";

interface WrittenPickerProps {
  /** Unique on the page. */
  readonly id: string;
  /** The tokens that an encoder–decoder wrote. */
  readonly written: readonly Token[];
  readonly value: number | null;
  readonly onChange: (place: number) => void;
}

/** Which of the written tokens is explained. */
export function WrittenPicker({ id, written, value, onChange }: WrittenPickerProps) {
  return (
    <fieldset class="uh-outputs">
      <legend>The output that is explained</legend>
      {written.map((token, place) => (
        <label key={place}>
          <input
            type="radio"
            class="uh-unseen"
            name={`${id}-written`}
            checked={place === value}
            onChange={() => onChange(place)}
          />
          <TokenChip token={token} chosen={place === value} />
        </label>
      ))}
    </fieldset>
  );
}

interface NextWordPickerProps {
  /** Unique on the page. */
  readonly id: string;
  readonly label: string;
  /** The likeliest next tokens, which are offered. */
  readonly predictions: readonly Prediction[];
  /** A word; empty for none, or for the model's first choice. */
  readonly value: string;
  readonly onChange: (word: string) => void;
  /** What the empty choice is called; left out where there is none. */
  readonly empty?: string;
  /** Left out of the offer. */
  readonly without?: string;
  /** This copy cannot run the model: no word can be typed. */
  readonly fixed?: boolean;
}

/** Chances below this are not told. */
const LEAST = 0.005;

/** A next word: one of the likeliest, or any that is typed. */
export function NextWordPicker(props: NextWordPickerProps) {
  const { id, value, onChange, empty } = props;
  const offered = offersOf(props);
  return (
    <fieldset class="uh-outputs">
      <legend>{props.label}</legend>
      {empty !== undefined && (
        <WordOffer id={id} checked={value === ""} onChange={() => onChange("")}>
          <span class="uh-outputs-empty">{empty}</span>
        </WordOffer>
      )}
      {offered.map(({ word, probability }) => (
        <WordOffer key={word} id={id} checked={word === value} onChange={() => onChange(word)}>
          <span class="uh-token" data-chosen={word === value || undefined}>
            <bdi>{visiblePiece(word)}</bdi>
          </span>
          {probability >= LEAST && <small>{percentText(probability)}</small>}
        </WordOffer>
      ))}
      {!props.fixed && (
        <WordField
          id={`${id}-word`}
          label="or type a word"
          value=""
          onChange={(word) => word.trim() !== "" && onChange(word.trim())}
        />
      )}
    </fieldset>
  );
}

interface WordOfferProps {
  readonly id: string;
  readonly checked: boolean;
  readonly onChange: () => void;
  readonly children: ComponentChildren;
}

function WordOffer({ id, checked, onChange, children }: WordOfferProps) {
  return (
    <label data-checked={checked || undefined}>
      <input type="radio" class="uh-unseen" name={`${id}-next`} checked={checked} onChange={onChange} />
      {children}
    </label>
  );
}

/** The likeliest words, and the one that was typed. */
function offersOf({ predictions, value, without }: NextWordPickerProps): { word: string; probability: number }[] {
  const words = predictions.map(({ piece, probability }) => ({ word: barePiece(piece).trim(), probability }));
  if (value !== "") words.push({ word: value, probability: 0 });
  return words.filter(({ word }, at) => {
    const first = words.findIndex((other) => other.word === word);
    return word !== "" && word !== without && first === at;
  });
}
