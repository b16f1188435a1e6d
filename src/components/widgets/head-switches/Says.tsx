import type { ModelInfo } from "../../../engine/model.ts";
import type { Chance, Said } from "../../../stored/said.ts";
import { TokenChip } from "../../views/tokens/TokenChip.tsx";
import { Bar } from "./Bar.tsx";
import { nothingWords } from "./following.ts";
import type { Shown } from "./speech.ts";
import { chanceText, SHARE_WORDS, signed } from "./words.ts";

interface SaysProps {
  readonly shown: Shown;
  readonly model: ModelInfo;
  /** Which heads these words were said with, while the run of others is waiting; else null. */
  readonly waiting: string | null;
}

/** What the model says now, beside what it says with all heads on. */
export function Says({ shown, model, waiting }: SaysProps) {
  const { now, whole } = shown;
  return (
    <div class="uh-says" data-stands={now.stands}>
      <p class="uh-says-head">
        What the model says
        <span class="uh-says-time">{waiting ?? (shown.live ? `${now.milliseconds.toFixed(0)} ms` : "")}</span>
      </p>
      {model.family === "decoder" ? (
        <Words now={now} whole={whole} />
      ) : (
        <Share now={now} whole={whole} label={SHARE_WORDS[model.family]} />
      )}
      {now.tokens.length > 0 && <Translation now={now} whole={whole} />}
      {now.top.length > 0 && <Top now={now} />}
      {model.family !== "encoder" && <Written now={now} whole={whole} source={shown.choice.source} model={model} />}
      <Legend now={waiting === null} />
    </div>
  );
}

/** What the bars and their outlines are; "now" only while they are of what is chosen. */
function Legend({ now }: { readonly now: boolean }) {
  return (
    <p class="uh-says-legend">
      <span class="uh-says-key" data-key="now" aria-hidden="true" /> {now ? "now" : "before"}
      <span class="uh-says-key" data-key="ghost" aria-hidden="true" /> with all heads on
    </p>
  );
}

interface Pair {
  readonly now: Said;
  readonly whole: Said;
}

/** The answer and the other word. */
function Words({ now, whole }: Pair) {
  return (
    <>
      <ul class="uh-says-rows">
        {now.words.map((word, at) => (
          <Row key={word.piece} chance={word} whole={whole.words[at]?.probability ?? null} strong={at === 0} />
        ))}
      </ul>
      <p class="uh-says-gap">
        Logit difference <b>{signed(now.metric)}</b>
        {now.metric !== whole.metric && <span class="uh-says-before"> with all heads {signed(whole.metric)}</span>}
      </p>
    </>
  );
}

function Share({ now, whole, label }: Pair & { readonly label: string }) {
  return (
    <div class="uh-says-share">
      <p>
        {label}: <b>{now.share.toFixed(3)}</b>
      </p>
      <Bar now={now.share} whole={whole.share} strong />
    </div>
  );
}

/** Each token of the whole model’s translation. */
function Translation({ now, whole }: Pair) {
  return (
    <>
      <p class="uh-says-title">Its tokens, one by one</p>
      <ul class="uh-says-rows">
        {now.tokens.map((token, at) => (
          <Row key={`${at} ${token.piece}`} chance={token} whole={whole.tokens[at]?.probability ?? null} />
        ))}
      </ul>
    </>
  );
}

/** The five likeliest next tokens. */
function Top({ now }: { readonly now: Said }) {
  return (
    <>
      <p class="uh-says-title">Likeliest next tokens</p>
      <ul class="uh-says-rows">
        {now.top.map((chance) => (
          <Row
            key={chance.piece}
            chance={chance}
            whole={null}
            strong={chance.piece === now.top[0]?.piece && now.stands}
          />
        ))}
      </ul>
    </>
  );
}

interface RowProps {
  readonly chance: Chance;
  readonly whole: number | null;
  readonly strong?: boolean;
}

function Row({ chance, whole, strong = false }: RowProps) {
  return (
    <li>
      <TokenChip token={{ piece: chance.piece, special: false, instruction: false }} />
      <Bar now={chance.probability} whole={whole} strong={strong} />
      <span class="uh-says-number">{chanceText(chance.probability)}</span>
    </li>
  );
}

type WrittenProps = Pair & { readonly source: string; readonly model: ModelInfo };

/** The text that it writes, with the whole model’s where that differs. */
function Written({ now, whole, source, model }: WrittenProps) {
  const decoder = model.family === "decoder";
  const nothing = nothingWords(now, model);
  return (
    <div class="uh-says-written">
      <p class="uh-says-title">{decoder ? "It writes on" : "It writes"}</p>
      <p class="uh-says-text">
        {decoder && <span class="uh-says-prompt">… {source.split(" ").slice(-3).join(" ")} </span>}
        {nothing === null ? <b>{now.text.trim()}</b> : <span class="uh-says-nothing">{nothing}</span>}
      </p>
      {now.text !== whole.text && (
        <p class="uh-says-before">with all heads: {nothingWords(whole, model) ?? whole.text.trim()}</p>
      )}
    </div>
  );
}
