import "../../../styles/attribution-text.css";
import type { Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { withState } from "../../../lib/urlState.ts";
import type { StoredAnswers } from "../../../stored/attributionAnswers.ts";
import { clientOf } from "../../../workers/client.ts";
import { ColouredText } from "../../views/attribution/ColouredText.tsx";
import type { Cell } from "../../views/attribution/grid.ts";
import { cellText, HeatGrid } from "../../views/attribution/HeatGrid.tsx";
import { ScoreLegend } from "../../views/attribution/ScoreLegend.tsx";
import { StudyCost } from "../../views/attribution/StudyCost.tsx";
import type { ScoreScale } from "../../views/attribution/scale.ts";
import type { ScoredLine } from "../../views/attribution/scored.ts";
import { Figure } from "../../views/figure/Figure.tsx";
import { keepAddress } from "../../views/figure/keepAddress.ts";
import type { FigureEvidence } from "../../views/figure/types.ts";
import { Controls } from "./Controls.tsx";
import { Editor, Outputs } from "./Editor.tsx";
import { commonScale, matrixOf, textJson, textScene, textTable } from "./exports.ts";
import { pairCost } from "./pair.ts";
import type { Row } from "./rows.ts";
import { type TextState, textState } from "./state.ts";
import { answersOf } from "./storedAnswers.ts";
import { headingText, legendWords } from "./words.ts";

export interface AttributionTextProps {
  /** Unique on the page. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** Stored answers of each model offered; the first is shown at first. */
  readonly stored: readonly StoredAnswers[];
  /** Names of the models that this copy of the site holds. */
  readonly present: readonly string[];
  /** The output is also explained against a word that was not written. */
  readonly contrast?: boolean;
  readonly evidence?: Signal<FigureEvidence | null>;
}

/** A text coloured by what each of its tokens does to one output, and the table of all outputs. */
export function AttributionText(props: AttributionTextProps) {
  const { title } = props;
  const state = useMemo(() => stateOf(props), []);
  useEffect(() => {
    state.restore(location.search);
    const stops = [state.connect(), keepAddress(state.id, state.fields)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [state]);
  const { study } = state.offer.value;
  return (
    <Figure
      id={state.id}
      title={title}
      wide
      status={study.status}
      actions={study.actions}
      controls={<Controls state={state} />}
      editor={<Editor state={state} />}
      reading={state.reading}
      notice={state.notice}
      link={() => `${withState(location.href, state.id, state.fields()).split("#")[0]}#${state.id}`}
      onReset={state.reset}
      exports={{
        scene: () => textScene(title, state),
        table: () => textTable(state),
        json: () => textJson(state),
      }}
    >
      <StudyCost study={study} cost={pairCost(study.shown.value.result)} />
      <Outputs state={state} />
      <Texts state={state} />
      <Matrix state={state} />
    </Figure>
  );
}

function stateOf({ id, stored, present, contrast = false, evidence }: AttributionTextProps): TextState {
  const offers = stored.map((each) => {
    const client = clientOf(each.model);
    const { first, find } = answersOf(each);
    return { client, absent: !present.includes(each.model), first, stored: find };
  });
  return textState({ id, contrast, offers, evidence });
}

function Texts({ state }: { readonly state: TextState }) {
  const [row, lines] = [state.row.value, state.lines.value];
  const [against, contrastLines] = [state.contrastRow.value, state.contrastLines.value];
  const { question } = state.offer.value.study.shown.value;
  const scale = commonScale(row, lines, contrastLines);
  return (
    <div class="uh-at-texts">
      <OneText state={state} of="plain" row={row} against="" lines={lines} scale={scale} />
      {against && contrastLines && (
        <OneText
          state={state}
          of="contrast"
          row={against}
          against={question.against}
          lines={contrastLines}
          scale={scale}
        />
      )}
      <ScoreLegend scale={scale} words={legendWords(question.method)} />
    </div>
  );
}

interface OneTextProps {
  readonly state: TextState;
  readonly of: "plain" | "contrast";
  readonly row: Row;
  readonly against: string;
  readonly lines: readonly ScoredLine[];
  readonly scale: ScoreScale;
}

function OneText({ state, of, row, against, lines, scale }: OneTextProps) {
  const heading = headingText(row, against);
  return (
    <div class="uh-at-text">
      <p class="uh-at-heading">{heading}</p>
      <ColouredText
        label={heading}
        lines={lines}
        scale={scale}
        onPoint={(place) => {
          state.pointed.value = place && { of, place };
        }}
      />
    </div>
  );
}

/** All outputs at once; the name of a row chooses it. */
function Matrix({ state }: { readonly state: TextState }) {
  const matrix = matrixOf(state);
  if (!matrix) return null;
  const { rows, grid, scales } = matrix;
  const chosen = rows.findIndex(({ place }) => place === state.row.value.place);
  const cell = state.cell.value;
  const scale = cell && scales[cell.row];
  const pick = (row: number) => {
    const place = rows[row]?.place;
    if (place !== undefined) state.ask({ place });
  };
  return (
    <div class="uh-at-matrix">
      <p class="uh-at-heading">All outputs at once: one row each</p>
      <HeatGrid
        caption="Scores of every output: choose a row to see it as coloured text"
        corner="output ↓"
        grid={grid}
        scales={scales}
        cell={cell}
        onCell={(next: Cell | null) => {
          state.cell.value = next;
        }}
        onPick={({ row }) => pick(row)}
        chosenRow={chosen}
        onRow={pick}
      />
      <p class="uh-score-detail">{cell && scale ? `${cellText(grid, scale, cell)}.` : ""}</p>
    </div>
  );
}
