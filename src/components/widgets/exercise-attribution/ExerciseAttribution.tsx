import "../../../styles/exercise-attribution.css";
import type { ReadonlySignal, Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { withState } from "../../../lib/urlState.ts";
import type { StoredAnswers } from "../../../stored/attributionAnswers.ts";
import { loadGradient } from "../../../stored/gradients.ts";
import { clientOf } from "../../../workers/client.ts";
import { TextField } from "../../controls/TextField.tsx";
import type { Evidence } from "../../exercises/evidence.ts";
import { ColouredText } from "../../views/attribution/ColouredText.tsx";
import { MethodPicker } from "../../views/attribution/MethodPicker.tsx";
import { NextWordPicker, WrittenPicker } from "../../views/attribution/OutputPicker.tsx";
import { ScoreLegend } from "../../views/attribution/ScoreLegend.tsx";
import { StudyCost } from "../../views/attribution/StudyCost.tsx";
import { Figure } from "../../views/figure/Figure.tsx";
import { keepAddress } from "../../views/figure/keepAddress.ts";
import { storedOf } from "./answers.ts";
import { type Asked, OFFERED } from "./asked.ts";
import { pairJson, pairScene, pairTable } from "./exports.ts";
import { pairCost } from "./pair.ts";
import { BOTH, type ExerciseState, exerciseState, type Which } from "./state.ts";
import { headingText } from "./words.ts";

export interface ExerciseAttributionProps {
  /** Unique on the page. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** Stored answers of one model to one text. */
  readonly stored: StoredAnswers;
  /** Names of the models that this copy of the site holds. */
  readonly present: readonly string[];
  /** The two methods at first. */
  readonly methods: Pick<Asked, Which>;
  readonly evidence?: Signal<Evidence | null>;
  /** While false, the picture is hidden: bet first. */
  readonly curtain?: ReadonlySignal<boolean>;
}

/** One output of one text, explained by two methods: what the exercises of chapter 2 lean on. */
export function ExerciseAttribution(props: ExerciseAttributionProps) {
  const { title, curtain } = props;
  const state = useMemo(() => stateOf(props), []);
  useEffect(() => {
    state.restore(location.search);
    const stops = [state.connect(), keepAddress(state.id, state.fields)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [state]);
  const { study } = state;
  return (
    <Figure
      id={state.id}
      title={title}
      status={study.status}
      actions={study.actions}
      controls={<Methods state={state} />}
      editor={<Text state={state} />}
      reading={state.reading}
      notice={state.notice}
      link={() => `${withState(location.href, state.id, state.fields()).split("#")[0]}#${state.id}`}
      onReset={state.reset}
      exports={{
        scene: () => pairScene(title, state),
        table: () => pairTable(state),
        json: () => pairJson(state),
      }}
      {...(curtain && { curtain })}
    >
      <StudyCost study={study} cost={pairCost(study.shown.value.result)} />
      <Output state={state} />
      {BOTH.map((which) => (
        <Coloured key={which} state={state} which={which} />
      ))}
    </Figure>
  );
}

function stateOf({ id, stored, present, methods, evidence }: ExerciseAttributionProps): ExerciseState {
  return exerciseState({
    id,
    client: clientOf(stored.model),
    absent: !present.includes(stored.model),
    stored: storedOf(stored),
    gradient: loadGradient,
    methods,
    evidence,
  });
}

function Methods({ state }: { readonly state: ExerciseState }) {
  const asked = state.asked.value;
  return (
    <>
      {BOTH.map((which) => (
        <MethodPicker
          key={which}
          label={which === "first" ? "First method" : "Second method"}
          methods={OFFERED}
          value={asked[which]}
          onChange={(method) => state.ask({ [which]: method })}
        />
      ))}
    </>
  );
}

function Text({ state }: { readonly state: ExerciseState }) {
  const { question, result } = state.study.shown.value;
  const { source } = state.asked.value;
  const fixed = state.study.status.value.absent;
  const count = source === question.source ? result.first.trace.source.tokens.length : null;
  return (
    <div class="uh-editor" data-lone>
      <TextField
        id={`${state.id}-source`}
        label="Text"
        text={source}
        onText={(text) => state.ask({ source: text })}
        tally={{ count, limit: state.info.limits.source, cut: result.first.trace.cut.source }}
        note={fixed ? { text: "This copy of the site has only the stored answers to this text." } : null}
        fixed={fixed}
      />
    </div>
  );
}

/** Which output is explained, and against which word. */
function Output({ state }: { readonly state: ExerciseState }) {
  const { question, result } = state.study.shown.value;
  const { trace, attribution } = result.first;
  const [target] = attribution.targets;
  const row = target?.kind === "token" ? target.row : 0;
  const asked = state.asked.value;
  // A choice is drawn at once, though its answer may take a moment.
  const chosen = asked.source === question.source ? (asked.place ?? row) : row;
  if (trace.target !== null) {
    return (
      <WrittenPicker
        id={state.id}
        written={trace.target.written}
        value={chosen}
        onChange={(place) => state.ask({ place, against: "" })}
      />
    );
  }
  const picker = { predictions: trace.predictions[row] ?? [], fixed: state.study.status.value.absent };
  return (
    <div class="uh-ea-outputs">
      <NextWordPicker
        {...picker}
        id={`${state.id}-follow`}
        label="The next word that is explained"
        value={asked.follow === "" ? state.output.value : asked.follow}
        onChange={(follow) => state.ask({ follow })}
      />
      <NextWordPicker
        {...picker}
        id={`${state.id}-against`}
        label="… and not"
        value={asked.against}
        onChange={(against) => state.ask({ against })}
        empty="nothing"
        without={state.output.value}
      />
    </div>
  );
}

function Coloured({ state, which }: { readonly state: ExerciseState; readonly which: Which }) {
  const { lines, scale } = state.coloured.value[which];
  const heading = headingText(state.study.shown.value.question[which]);
  return (
    <div class="uh-ea-text">
      <p class="uh-ea-heading">{heading}</p>
      <ColouredText
        label={heading}
        lines={lines}
        scale={scale}
        onPoint={(place) => {
          state.pointed.value = place && { which, place };
        }}
      />
      <ScoreLegend scale={scale} />
    </div>
  );
}
