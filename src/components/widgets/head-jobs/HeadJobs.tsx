import "../../../styles/attention.css";
import "../../../styles/matrix.css";
import "../../../styles/head-jobs.css";
import type { Signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Measure } from "../../../engine/study.ts";
import { withState } from "../../../lib/urlState.ts";
import { alignmentOf } from "../../../stored/alignment.ts";
import { decodeTrace, type StoredRun } from "../../../stored/format.ts";
import { pairCorpus } from "../../../stored/pairs.ts";
import { corporaOf, storedSequence, storedStudy } from "../../../stored/studies.ts";
import type { StoredStudy } from "../../../stored/study.ts";
import type { StudyName } from "../../../stored/studyExamples.ts";
import { clientOf } from "../../../workers/client.ts";
import { KindPicker } from "../../controls/AttentionControls.tsx";
import { Choice } from "../../controls/Choice.tsx";
import { ModelPicker } from "../../controls/ModelPicker.tsx";
import { Segmented } from "../../controls/Segmented.tsx";
import type { Evidence, Mark } from "../../exercises/evidence.ts";
import { kindsOf } from "../../views/attention/choice.ts";
import { wholeState } from "../../views/attention/link.ts";
import { MatrixView } from "../../views/attention/MatrixView.tsx";
import { figureLink, useFigure } from "../../views/attention/useFigure.ts";
import { WeightLegend } from "../../views/attention/WeightLegend.tsx";
import { Figure } from "../../views/figure/Figure.tsx";
import { liveModels } from "../../views/figure/liveModels.ts";
import { createLiveText } from "../../views/figure/liveText.ts";
import { crowdOf, HeadMap } from "./HeadMap.tsx";
import { HeadTable } from "./HeadTable.tsx";
import { jobsTable } from "./jobsTable.ts";
import { LazyEditor } from "./LazyEditor.tsx";
import { measureName } from "./measures.ts";
import { StudyBar } from "./StudyBar.tsx";
import { type HeadJobsState, headJobsState, type Ranking } from "./state.ts";
import type { TaughtHead } from "./taught.ts";
import { baselineName, headName, relationNote } from "./words.ts";

export interface HeadJobsProps {
  /** Unique on the page. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** A run of each model that can be chosen; the first is shown at first. */
  readonly stored: readonly StoredRun[];
  /** The scores that are drawn at build time, of the first model. */
  readonly study: StoredStudy;
  readonly corpus: StudyName;
  readonly measure: Measure;
  /** Names of the models that this copy of the site holds. */
  readonly present: readonly string[];
  /** Heads that were shown in training where to look. */
  readonly taught: readonly TaughtHead[];
  /** For how many words of the sentence pairs the same relative place is right. */
  readonly diagonal: number;
  readonly evidence?: Signal<Evidence | null>;
  readonly mark?: Signal<Mark | null>;
}

/** Every head scored for what it does: a map, a table, and the chosen head's matrix. */
export function HeadJobs(props: HeadJobsProps) {
  const state = useMemo(() => stateOf(props), []);
  useFigure(state);
  const { live } = state;
  const corpus = state.place.value.corpus;
  return (
    <Figure
      id={props.id}
      title={props.title}
      wide
      status={state.status}
      actions={{ ...live.actions, run: () => (corpus === "sentence" ? live.actions.run() : state.score()) }}
      controls={<Controls state={state} />}
      editor={corpus === "sentence" ? <LazyEditor id={props.id} live={live} /> : null}
      reading={state.reading}
      exports={{
        scene: async () => (await import("./exports.ts")).jobsScene(props.title, state),
        table: () => jobsTable(state),
        json: async () => (await import("./exports.ts")).jobsJson(state),
      }}
      link={() => figureLink(state)}
      onReset={state.reset}
      notice={state.notice}
    >
      <Body state={state} />
    </Figure>
  );
}

function stateOf(props: HeadJobsProps): HeadJobsState {
  const { id, present, study, corpus } = props;
  const lives = props.stored.map((run) => {
    const absent = !present.includes(run.model);
    const client = clientOf(run.model);
    const text = createLiveText({ client, channel: id, stored: decodeTrace(run), alignment: alignmentOf, absent });
    return [run.model, text] as const;
  });
  return headJobsState({
    id,
    live: liveModels(new Map(lives)),
    models: props.stored.map(({ model }) => clientOf(model).modelInfo),
    first: { model: study.model, name: corpus, stored: study },
    measure: props.measure,
    corpora: corporaOf,
    stored: storedStudy,
    sequence: storedSequence,
    load: (model) => clientOf(model).load(),
    study: (model, corpus, onProgress) => clientOf(model).study({ job: "heads", corpus }, id, onProgress),
    cancel: (model) => clientOf(model).cancelStudy(id),
    pairs: async () => pairCorpus((await import("../../../stored/gold-pairs.json")).default),
    diagonal: props.diagonal,
    alignment: alignmentOf,
    taught: props.taught,
    evidence: props.evidence,
    mark: props.mark,
  });
}

const CORPORA: Readonly<Record<StudyName, string>> = {
  treebank: "treebank",
  pairs: "pairs",
  repeats: "repeats",
  sentence: "your own",
};

function Controls({ state }: { state: HeadJobsState }) {
  const { models } = state.live;
  const { corpus } = state.place.value;
  const measures = state.measures.value;
  return (
    <>
      <ModelPicker
        id={state.id}
        models={models.offered.map((model) => clientOf(model).modelInfo)}
        value={models.chosen.value}
        placeOf={models.placeOf}
        onChange={state.chooseModel}
      />
      <Segmented
        name={`${state.id}-corpus`}
        label="Scored over"
        value={corpus}
        options={state.corpora.value.map((value) => ({ value, label: CORPORA[value] }))}
        onChange={state.chooseCorpus}
      />
      <KindPicker
        id={state.id}
        settings={state.choice.value}
        kinds={kindsOf(state.live.trace.value)}
        onPatch={({ kind }) => kind && state.chooseKind(kind)}
      />
      <Choice
        label="Measure"
        value={state.place.value.measure}
        options={measures.map((value) => ({ value, label: measureName(value) }))}
        onChange={state.chooseMeasure}
      />
    </>
  );
}

function Body({ state }: { state: HeadJobsState }) {
  const ranking = state.ranking.value;
  const mark = state.mark.value;
  return (
    <div class="uh-jobs">
      {mark && <p class="uh-mark">{mark.label}</p>}
      <StudyBar
        corpus={state.place.value.corpus}
        shown={state.shown.value}
        progress={state.progress.value}
        onCancel={state.cancel}
      />
      {ranking ? <Scores state={state} ranking={ranking} /> : <ChosenHead state={state} />}
    </div>
  );
}

function Scores({ state, ranking }: { state: HeadJobsState; ranking: Ranking }) {
  const common = {
    ranking,
    chosen: state.chosen.value,
    isTaught: (ref: Parameters<HeadJobsState["taught"]>[0]) => state.taught(ref) !== undefined,
    onPick: state.pick,
  };
  const note = relationNote(ranking.measure);
  return (
    <div class="uh-jobs-scores" data-crowd={crowdOf(ranking.heads)}>
      <div class="uh-jobs-left">
        <HeadMap {...common} />
        <p class="uh-jobs-key">
          Colour: 0 (none) to {ranking.top === 1 ? "1" : ranking.top.toFixed(1)} (full). ★ best head.
          {ranking.heads.some(({ ref }) => state.taught(ref)) && " Broken frame: shown in training where to look."}{" "}
          {note}
        </p>
      </div>
      <div class="uh-jobs-right">
        <HeadTable {...common} rows={state.rows.value} sort={state.place.value.sort} onSort={state.sortBy} />
        {ranking.baseline && (
          <p class="uh-jobs-key">Broken line in the bars, the one to beat: {baselineName(ranking.baseline)}.</p>
        )}
      </div>
      <ChosenHead state={state} />
    </div>
  );
}

function ChosenHead({ state }: { state: HeadJobsState }) {
  const picture = state.picture.value;
  const ref = state.chosen.value;
  const taught = state.taught(ref);
  return (
    <div class="uh-jobs-chosen">
      <p class="uh-modelview-name">
        {state.model.value.name}: {headName(ref)}
      </p>
      {taught && <p class="uh-jobs-key">{taught.note}</p>}
      <MatrixView
        picture={picture}
        layer={ref.layer}
        head={ref.head}
        cell={state.cell}
        marked={[]}
        onCell={(cell) => {
          state.cell.value = cell;
        }}
      />
      <WeightLegend keys={picture.columns.length} head={ref.head} />
      <p class="uh-jobs-key">
        <a href={elsewhere(state)}>
          {state.model.value.family === "encoder-decoder" ? "Open it in the head view" : "Open it in the neuron view"}
        </a>
      </p>
    </div>
  );
}

/** The same head in a figure of another page: the head view shows the translator's, the neuron view every model's. */
function elsewhere(state: HeadJobsState): string {
  const { kind } = state.choice.value;
  const translator = state.model.value.family === "encoder-decoder";
  const page = translator ? "head-view" : "what-a-score-is";
  const figure = translator ? (kind === "cross" ? "cross" : "encoder") : "neuron";
  const bare = `https://site.invalid${import.meta.env.BASE_URL.replace(/\/?$/, "/")}attention/${page}/`;
  const fields = wholeState(state.choice.value, state.live);
  // The head view knows one model only and takes no name of one.
  if (translator) delete fields.model;
  return `${withState(bare, figure, fields).replace("https://site.invalid", "")}#${figure}`;
}
