import type { Prediction, Trace } from "../../../engine/model.ts";
import { percentText } from "../../../lib/format.ts";
import { visiblePiece } from "../../views/tokens/face.ts";
import { TokenChip } from "../../views/tokens/TokenChip.tsx";
import { Bar } from "./Bar.tsx";
import { shareText } from "./heat.ts";
import { type LossRow, lossRows } from "./loss.ts";
import { Pager } from "./Pager.tsx";
import { windowAround } from "./window.ts";

/** Positions shown at a time. */
const PAGE = 14;

/** The −log P that fills a bar, unless one is larger: a well-foretold target keeps small bars. */
const FULL_BAR = 1;

interface LossPanelProps {
  readonly trace: Trace;
  /** The chosen position. */
  readonly row: number;
  readonly onRow: (row: number) => void;
}

/** The loss taken apart: for each position what was read, what had to be written, and the five likeliest tokens. */
export function LossPanel(props: LossPanelProps) {
  const rows = lossRows(props.trace);
  const page = windowAround(props.row, rows.length, PAGE);
  const largest = rows.reduce((most, row) => Math.max(most, row.loss), FULL_BAR);
  return (
    <>
      <p class="ow-sum">
        <b>{props.trace.loss.toFixed(3)}</b> nats, the mean of {rows.length} numbers: −log P of each token that had to
        be written.
      </p>
      <Pager noun="positions" page={page} size={PAGE} onMove={props.onRow} />
      <ol class="ow-loss" start={page.start}>
        {rows.slice(page.start, page.end).map((row) => (
          <LossCard key={row.position} row={row} largest={largest} />
        ))}
      </ol>
    </>
  );
}

function LossCard(props: { readonly row: LossRow; readonly largest: number }) {
  const { row, largest } = props;
  return (
    <li class="ow-loss-card">
      <p class="ow-loss-step">
        <small>{row.position}</small>
        {row.reads && <TokenChip token={row.reads} />}
        <span class="ow-arrow" aria-hidden="true">
          →
        </span>
        <span class="uh-unseen">is read, to be written:</span>
        <TokenChip token={row.writes} chosen />
      </p>
      <p class="ow-loss-line">
        <span>−log P</span>
        <Bar share={row.loss / (largest || 1)} tone="loss" />
        <b>{row.loss.toFixed(2)}</b>
      </p>
      <ol class="ow-guesses">
        {row.predictions.map((guess, place) => (
          <Guess key={guess.id} guess={guess} written={place === row.rank} />
        ))}
      </ol>
      {row.rank < 0 && <p class="ow-loss-outside">Not among the five: {percentText(row.probability)}.</p>}
    </li>
  );
}

function Guess(props: { readonly guess: Prediction; readonly written: boolean }) {
  const { guess, written } = props;
  return (
    <li class="ow-guess" data-written={written || undefined}>
      <Bar share={guess.probability} tone="probability" />
      <span class="ow-guess-piece">
        <bdi>{visiblePiece(guess.piece)}</bdi>
        {written && <span class="uh-unseen"> (the token that had to be written)</span>}
      </span>
      <span class="ow-guess-share">{shareText(guess.probability)}</span>
    </li>
  );
}
