import "../../../styles/removal.css";
import { useEffect, useMemo } from "preact/hooks";
import { withState } from "../../../lib/urlState.ts";
import { decodeRemoval, type StoredRemoval } from "../../../stored/removal.ts";
import { Choice } from "../../controls/Choice.tsx";
import { Drawing } from "../../views/figure/Drawing.tsx";
import { Figure } from "../../views/figure/Figure.tsx";
import { keepAddress } from "../../views/figure/keepAddress.ts";
import { Editor } from "./Editor.tsx";
import { plotScene } from "./exports.ts";
import { type Level, removeHeads } from "./headRuns.ts";
import { type HeadOffer, type HeadState, headState, headTable } from "./headState.ts";
import { ownText } from "./ownText.ts";
import { Progress } from "./Progress.tsx";
import { PLOT, plotDots } from "./plot.ts";
import { headName } from "./ranks.ts";
import { removalClient } from "./removalClient.ts";
import { textsOf } from "./removalRuns.ts";

export interface HeadRemovalProps {
  /** Unique on the page. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** Studies in which every head was switched off; the first is shown at first. */
  readonly studies: readonly StoredRemoval[];
  /** Names of the models that this copy of the site holds. */
  readonly present: readonly string[];
}

/** How much each head looks at the token that matters most, against what switching it off costs. */
export function HeadRemoval(props: HeadRemovalProps) {
  const { id, title } = props;
  const state = useMemo(
    () =>
      headState(
        id,
        props.studies.map((study) => offerOf(props, study)),
      ),
    [],
  );
  useEffect(() => {
    state.restore(location.search);
    return keepAddress(id, state.fields);
  }, [state]);
  const { shapes, spots } = plotDots(state.plot.value);
  const { info, removal, text } = state.offer.value;
  return (
    <Figure
      id={id}
      title={title}
      status={text.status}
      actions={text.actions}
      controls={<Controls state={state} />}
      editor={<Editor id={id} info={info} text={text} />}
      reading={state.reading}
      notice={state.notice}
      link={() => `${withState(location.href, id, state.fields()).split("#")[0]}#${id}`}
      onReset={state.reset}
      exports={{
        scene: () => plotScene(title, state.reading.value, shapes),
        table: () => headTable(removal, state.heads.value),
        json: () => ({ model: removal.model, shape: removal.shape, heads: state.heads.value }),
      }}
    >
      <Progress text={text} made="one without each token, one without each head, and those with all in place" />
      <p class="uh-removal-title">
        One dot a head, 2.1 is layer 2, head 1;{" "}
        {text.found.value.live ? "your sentence" : `mean over ${state.heads.value.prompts} texts`}
      </p>
      <Drawing {...PLOT} shapes={shapes}>
        {spots.map(({ index, x, y }) => (
          <circle
            key={index}
            cx={x}
            cy={y}
            r="11"
            class="uh-drawing-spot"
            onPointerEnter={() => state.point(index)}
            onPointerLeave={() => state.point(null)}
          />
        ))}
      </Drawing>
    </Figure>
  );
}

function offerOf({ id, present }: HeadRemovalProps, study: StoredRemoval): HeadOffer {
  const client = removalClient(study.model);
  const removal = decodeRemoval(study);
  const { heads, kind } = removal;
  if (heads === null) throw new RangeError(`no head of ${study.model} was switched off`);
  const text = ownText<Level>({
    client,
    channel: id,
    first: textsOf(removal.shown, client),
    stored: { heads, live: false, runs: 0 },
    absent: !present.includes(study.model),
    offer: "Switch off each head live",
    work: (texts, tell) => removeHeads(client, id, texts, kind, tell),
  });
  return { info: client.modelInfo, removal, text };
}

/** A list can't hold nothing. */
const NONE = -1;

function Controls({ state }: { readonly state: HeadState }) {
  const { info, removal } = state.offer.value;
  const count = state.heads.value.weight.length;
  return (
    <>
      <Choice
        label="Model"
        value={info.id}
        options={state.offers.map((offer) => ({ value: offer.info.id, label: offer.info.name }))}
        onChange={state.chooseModel}
      />
      <Choice
        label="Head"
        value={state.chosen.value ?? NONE}
        options={[
          { value: NONE, label: "those that stand out" },
          ...Array.from({ length: count }, (_, head) => ({ value: head, label: headName(head, removal.shape) })),
        ]}
        onChange={(head) => state.chooseHead(head === NONE ? null : head)}
      />
    </>
  );
}
