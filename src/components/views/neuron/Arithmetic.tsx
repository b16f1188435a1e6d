import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { HeadInside } from "../../../engine/model.ts";
import { quoted } from "../tokens/face.ts";
import { furthest, type QuerySteps } from "./querySteps.ts";
import type { StripCell } from "./Strips.tsx";
import { mannerOf, type StepNumber, stepName, widthOf } from "./words.ts";
import { numberOf, shorten, type WrittenKey, type WrittenTerm, writeKey, writeOutput } from "./written.ts";

interface ArithmeticProps {
  readonly inside: HeadInside;
  readonly steps: QuerySteps;
  /** The key whose arithmetic is written out. */
  readonly chosen: number;
  readonly held: boolean;
  readonly open: number;
  readonly cell: ReadonlySignal<StripCell | null>;
}

/** One key's way from q and k to its weight, in numbers that add up as they stand there. */
export function Arithmetic(props: ArithmeticProps) {
  const { inside, steps, chosen, open } = props;
  const written = writeKey(inside, steps, chosen);
  const from = quoted(inside.queries[steps.query]?.piece ?? "");
  const to = quoted(inside.keys[chosen]?.piece ?? "");
  return (
    <div class="uh-written">
      <p class="uh-written-title">
        From {from} to {to}, written out{" "}
        <span>{props.held ? "held" : "the key with most weight; choose another in the picture"}</span>
      </p>
      <ol>
        {open >= 2 && <Products written={written} width={widthOf(inside)} />}
        {open >= 3 && <Dot written={written} />}
        {open >= 4 && <Score written={written} inside={inside} />}
        {open >= 5 && <Weight written={written} />}
        {open >= 6 && <Output {...props} />}
      </ol>
      {open < 2 && <p class="uh-written-none">Unfold the next step: then its numbers stand here.</p>}
    </div>
  );
}

function Line(props: { step: StepNumber; children: ComponentChildren }) {
  return (
    <li data-step={props.step}>
      <span class="uh-stage-number">{props.step}</span>
      <span class="uh-written-name">{stepName(props.step)}</span>
      <div class="uh-written-sum">{props.children}</div>
    </li>
  );
}

/** Products that are written in the line itself. */
const KEPT = 3;

function Products({ written, width }: { written: WrittenKey; width: number }) {
  return (
    <Line step={2}>
      {shorten(written.terms, KEPT).kept.map(({ at, left, right, product }) => (
        <span class="uh-equation" key={at}>
          <Factor kind="query" name="q" at={at} text={left} /> × <Factor kind="key" name="k" at={at} text={right} /> ={" "}
          <Signed text={product} />
        </span>
      ))}
      <details class="uh-all-terms">
        <summary>All {width} products</summary>
        <ol>
          {written.terms.map(({ at, left, right, product }) => (
            <li key={at}>
              <small>{at + 1}</small> {bracket(left)} × {bracket(right)} = <Signed text={product} />
            </li>
          ))}
        </ol>
      </details>
    </Line>
  );
}

function Dot({ written }: { written: WrittenKey }) {
  const { kept, others, rest } = shorten(written.terms, KEPT);
  return (
    <Line step={3}>
      <span class="uh-equation">
        {kept.map(({ at, product }, place) => (
          <span key={at}>
            {place > 0 && " + "}
            <Signed text={product} />
          </span>
        ))}{" "}
        + <Signed text={rest} /> <small>(the other {others})</small> = <b data-name="dot">{written.dot}</b>
      </span>
    </Line>
  );
}

function Score({ written, inside }: { written: WrittenKey; inside: HeadInside }) {
  const { scaled, biased } = mannerOf(inside);
  if (written.score === "−∞") {
    return (
      <Line step={4}>
        <span class="uh-equation">
          A later token: struck out. Its score is <b data-name="score">−∞</b>, whatever the sum.
        </span>
      </Line>
    );
  }
  return (
    <Line step={4}>
      <span class="uh-equation">
        {written.dot}
        {scaled && ` ÷ √${widthOf(inside)}`}
        {biased && (
          <>
            {" "}
            + {bracket(written.bias)} <small>(bias)</small>
          </>
        )}
        {!scaled && !biased && <small> (not scaled, nothing added)</small>} = <b data-name="score">{written.score}</b>
      </span>
    </Line>
  );
}

function Weight({ written }: { written: WrittenKey }) {
  const { score, top, power, total, weight } = written;
  return (
    <Line step={5}>
      <span class="uh-equation">
        e<sup>{difference(score, top)}</sup> = {power}
      </span>
      <span class="uh-equation">
        {power} ÷ {total} = <b data-name="weight">{weight}</b>
      </span>
      <small class="uh-written-note">
        The largest score, {top}, is taken off all of them first; that changes no weight. {total} is the sum over all
        keys.
      </small>
    </Line>
  );
}

function difference(score: string, top: string): string {
  return score === top ? "0" : `${score} − ${bracket(top)}`;
}

/** Values that are written in the line itself. */
const KEPT_VALUES = 3;

function Output({ inside, steps, cell }: ArithmeticProps) {
  const dimension = cell.value?.dimension ?? furthest(steps.output);
  const { terms, sum } = writeOutput(inside, steps, dimension);
  const { kept, others, rest } = shorten(terms, KEPT_VALUES);
  return (
    <Line step={6}>
      <span class="uh-equation">
        <small>dimension {dimension + 1}:</small>{" "}
        {kept.map((term, place) => (
          <ValueTerm key={term.at} term={term} first={place === 0} />
        ))}
        {others > 0 && (
          <>
            {" "}
            + <span data-kind="value">{bracket(rest)}</span> <small>(the other {others})</small>
          </>
        )}{" "}
        = <b data-name="output">{sum}</b>
      </span>
    </Line>
  );
}

function ValueTerm({ term, first }: { term: WrittenTerm; first: boolean }) {
  return (
    <span>
      {!first && " + "}
      {term.left} × <span data-kind="value">{bracket(term.right)}</span>
    </span>
  );
}

function Factor(props: { kind: "query" | "key"; name: string; at: number; text: string }) {
  return (
    <span data-kind={props.kind}>
      {props.name}
      <sub>{props.at + 1}</sub> {bracket(props.text)}
    </span>
  );
}

function Signed({ text }: { text: string }) {
  return <span data-kind={numberOf(text) < 0 ? "negative" : "positive"}>{bracket(text)}</span>;
}

/** A negative number within a sum or product stands in brackets. */
function bracket(text: string): string {
  return text.startsWith("−") ? `(${text})` : text;
}
