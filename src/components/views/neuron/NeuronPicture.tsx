import type { ReadonlySignal } from "@preact/signals";
import type { HeadInside } from "../../../engine/model.ts";
import { weightText } from "../../../lib/format.ts";
import { quoted } from "../tokens/face.ts";
import { TokenChip } from "../tokens/TokenChip.tsx";
import { largestOf, valueStrength } from "./cells.ts";
import { KeyLabels } from "./KeyLabels.tsx";
import { NumberColumn } from "./NumberColumn.tsx";
import { type QuerySteps, rowOf } from "./querySteps.ts";
import { Stage } from "./Stage.tsx";
import { StripField } from "./StripField.tsx";
import { type StripCell, type StripKind, Strips } from "./Strips.tsx";
import { WeightFan } from "./WeightFan.tsx";
import { type StepNumber, widthOf } from "./words.ts";
import { decimal } from "./written.ts";

export interface NeuronPictureProps {
  /** Unique on the page. */
  readonly id: string;
  readonly inside: HeadInside;
  readonly steps: QuerySteps;
  /** Positions of the keys that are drawn, from top to bottom. */
  readonly shown: readonly number[];
  /** The key whose arithmetic is written out. */
  readonly chosen: number;
  /** The key that is held, or null. */
  readonly held: number | null;
  /** How many steps are unfolded. */
  readonly open: number;
  /** The cell that is pointed at or reached by arrow keys. */
  readonly cell: ReadonlySignal<StripCell | null>;
  readonly onOpen: (open: number) => void;
  readonly onHold: (key: number) => void;
  readonly onCell: (cell: StripCell | null) => void;
}

/** The steps of one query side by side, one row a key. */
export function NeuronPicture(props: NeuronPictureProps) {
  const stage = { id: props.id, inside: props.inside, open: props.open, onOpen: props.onOpen };
  return (
    <div class="uh-neuron">
      <Stage {...stage} step={1}>
        <QueryAndKeys {...props} />
      </Stage>
      <Stage {...stage} step={2}>
        <Products {...props} />
      </Stage>
      <Stage {...stage} step={3}>
        <Dots {...props} />
      </Stage>
      <Stage {...stage} step={4}>
        <Scores {...props} />
      </Stage>
      <Stage {...stage} step={5}>
        <Weights {...props} />
      </Stage>
      <Stage {...stage} step={6}>
        <Values {...props} />
      </Stage>
    </div>
  );
}

function QueryAndKeys(props: NeuronPictureProps) {
  const { inside, steps, shown } = props;
  const rows = shown.map((key) => rowOf(inside.key, key));
  const most = largestOf(steps.q, ...rows);
  const token = inside.queries[steps.query];
  return (
    <>
      <div class="uh-stage-side uh-stage-query">{token && <TokenChip token={token} />}</div>
      <div class="uh-stage-top">
        <Field
          {...props}
          name={`Query of ${quoted(token?.piece ?? "")}`}
          kind="query"
          rows={[steps.q]}
          most={most}
          alone
        />
      </div>
      <KeyLabels
        tokens={inside.keys}
        shown={shown}
        chosen={props.chosen}
        held={props.held}
        forbidden={forbids(props)}
        onHold={props.onHold}
      />
      <Field {...props} name="Keys" kind="key" rows={rows} most={most} strength={shown.map(fading(props))} />
    </>
  );
}

function Products(props: NeuronPictureProps) {
  const { steps, shown } = props;
  const rows = shown.map((key) => rowOf(steps.products, key));
  return (
    <>
      <Labels {...props} />
      <Field
        {...props}
        name="Products of query and keys"
        kind="product"
        rows={rows}
        most={largestOf(...rows)}
        strength={shown.map(fading(props))}
      />
    </>
  );
}

function Dots(props: NeuronPictureProps) {
  const dots = props.shown.map((key) => props.steps.dots[key] ?? 0);
  return (
    <>
      <Labels {...props} />
      <Numbers {...props} label="Dot products" values={dots} texts={dots.map((dot) => decimal(dot, 2))} />
    </>
  );
}

function Scores(props: NeuronPictureProps) {
  const scores = props.shown.map((key) => props.steps.scores[key] ?? 0);
  return <Numbers {...props} label="Scores" values={scores} texts={scores.map((score) => decimal(score, 2))} />;
}

function Weights(props: NeuronPictureProps) {
  const { inside, steps, shown } = props;
  const weights = shown.map((key) => steps.weights[key] ?? 0);
  return (
    <>
      <div class="uh-weights">
        <NumberColumn
          label="Weights"
          kind="weight"
          texts={weights.map(weightText)}
          chosen={shown.indexOf(props.chosen)}
          forbidden={shown.map(forbids(props))}
          bars={weights}
        />
        <WeightFan weights={weights} chosen={shown.indexOf(props.chosen)} />
        <KeyLabels tokens={inside.keys} shown={shown} chosen={props.chosen} forbidden={forbids(props)} />
      </div>
      <p class="uh-stage-foot uh-stage-sum">
        Σ ={" "}
        {decimal(
          steps.weights.reduce((sum, weight) => sum + weight, 0),
          2,
        )}
      </p>
    </>
  );
}

function Values(props: NeuronPictureProps) {
  const { inside, steps, shown } = props;
  const rows = shown.map((key) => rowOf(inside.value, key));
  const strength = shown.map((key) => valueStrength(steps.weights[key] ?? 0));
  return (
    <>
      <Labels {...props} />
      <Field {...props} name="Values" kind="value" rows={rows} most={largestOf(...rows)} strength={strength} />
      <div class="uh-stage-foot">
        <Field {...props} name="Output" kind="output" rows={[steps.output]} most={largestOf(steps.output)} alone />
        <p class="uh-stage-output">output</p>
      </div>
    </>
  );
}

/** Tokens beside a step that stands by itself on a narrow screen. */
function Labels(props: NeuronPictureProps) {
  return <KeyLabels tokens={props.inside.keys} shown={props.shown} chosen={props.chosen} forbidden={forbids(props)} />;
}

interface FieldProps extends NeuronPictureProps {
  readonly name: string;
  readonly kind: StripKind;
  readonly rows: readonly ArrayLike<number>[];
  readonly most: number;
  readonly strength?: readonly number[];
  readonly alone?: boolean;
}

function Field(props: FieldProps) {
  const { rows, cell, alone = false } = props;
  const dimensions = widthOf(props.inside);
  const keys = alone ? "" : `, ${rows.length} rows`;
  return (
    <StripField
      label={`${props.name}: ${dimensions} dimensions${keys}. Arrow keys move${alone ? "" : "; Enter holds a key"}.`}
      rows={rows.length}
      dimensions={dimensions}
      cell={cell}
      alone={alone}
      onCell={props.onCell}
      onHold={(row) => props.onHold(props.shown[row] ?? 0)}
    >
      <Strips
        kind={props.kind}
        rows={rows}
        most={props.most}
        dimensions={dimensions}
        cell={cell}
        alone={alone}
        {...(props.strength && { strength: props.strength })}
        {...(!alone && { chosen: props.shown.indexOf(props.chosen) })}
      />
    </StripField>
  );
}

function Numbers(props: NeuronPictureProps & { label: string; values: readonly number[]; texts: readonly string[] }) {
  const { values, shown } = props;
  const most = largestOf(values.filter(Number.isFinite));
  return (
    <NumberColumn
      label={props.label}
      kind="signed"
      texts={props.texts}
      chosen={shown.indexOf(props.chosen)}
      forbidden={shown.map(forbids(props))}
      bars={values.map((value) => (Number.isFinite(value) ? value / most : 0))}
    />
  );
}

/** Keys are struck out from the step on in which the mask does it. */
const MASKING: StepNumber = 4;

function forbids({ steps, open }: NeuronPictureProps): (key: number) => boolean {
  return (key) => open >= MASKING && steps.scores[key] === -Infinity;
}

/** Strips of keys that are struck out stay visible, faintly. */
function fading(props: NeuronPictureProps): (key: number) => number {
  const forbidden = forbids(props);
  return (key) => (forbidden(key) ? 0.22 : 1);
}
