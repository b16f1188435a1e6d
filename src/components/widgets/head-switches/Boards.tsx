import { useSignal } from "@preact/signals";
import type { HeadRef } from "../../../engine/model.ts";
import { headName } from "../../../stored/switches.ts";
import { roveFocus } from "../../controls/roving.ts";
import { kindName } from "../../views/attention/picture.ts";
import { type Board, headsOf } from "./boards.ts";
import type { SwitchesState } from "./state.ts";
import { strengthOf } from "./strength.ts";
import { headWords, METRIC_DIGITS, signed } from "./words.ts";

/** Boards with few heads have room for a number on each switch. */
const ROOMY = 6;

/** The switches, one board for each kind of attention. */
export function Boards(props: { readonly state: SwitchesState }) {
  const { state } = props;
  const boards = state.boards.value;
  return (
    <div class="uh-switchboards" data-count={boards.length}>
      {boards.map((board) => (
        <BoardGrid
          key={`${state.model.value.id} ${board.kind}`}
          state={state}
          board={board}
          lone={boards.length === 1}
        />
      ))}
    </div>
  );
}

interface BoardProps {
  readonly state: SwitchesState;
  readonly board: Board;
}

/** One board: a corner for all, a row and a column of names that switch a layer or a head of every layer. */
function BoardGrid({ state, board, lone }: BoardProps & { readonly lone: boolean }) {
  const name = kindName({ kind: board.kind, lone });
  const across = board.heads + 1;
  const reached = useSignal(across + 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = roveFocus(event, across);
    if (next !== null) reached.value = next;
  };
  const members = (pick: (head: HeadRef) => boolean) => headsOf(board).filter(pick).map(headName);
  const group = (place: number, label: string, text: string, names: readonly string[]) => (
    <button
      key={place}
      type="button"
      class="uh-switch-group"
      data-rove
      tabIndex={reached.value === place ? 0 : -1}
      disabled={state.frozen.value}
      aria-label={label}
      onClick={() => state.toggle(names)}
    >
      {text}
    </button>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid with a name of its own in every browser.
    <div
      class="uh-switchboard"
      role="group"
      aria-label={`${name}: layers down, heads across. Arrow keys move, Space switches.`}
      data-roomy={board.heads <= ROOMY || undefined}
      data-heads={board.heads}
      onKeyDown={onKeyDown}
    >
      {!lone && <p class="uh-switchboard-name">{name}</p>}
      {group(
        0,
        `Switch all heads of ${name}`,
        "all",
        members(() => true),
      )}
      {Array.from({ length: board.heads }, (_, head) =>
        group(
          head + 1,
          `Switch head ${head + 1} of every layer`,
          String(head + 1),
          members((ref) => ref.head === head),
        ),
      )}
      {Array.from({ length: board.layers }, (_, layer) => [
        group(
          (layer + 1) * across,
          `L${layer + 1}: switch all heads of layer ${layer + 1}`,
          `L${layer + 1}`,
          members((ref) => ref.layer === layer),
        ),
        ...headsOf(board)
          .filter((ref) => ref.layer === layer)
          .map((ref) => {
            const place = (layer + 1) * across + ref.head + 1;
            return <Switch key={place} state={state} head={ref} reached={reached.value === place} />;
          }),
      ])}
    </div>
  );
}

interface SwitchProps {
  readonly state: SwitchesState;
  readonly head: HeadRef;
  readonly reached: boolean;
}

/** One head: on or off; once ranked, in the colour of what it does by itself. */
function Switch({ state, head, reached }: SwitchProps) {
  const name = headName(head);
  const off = state.choice.value.off.includes(name);
  const ranked = state.ranking.ranked.value;
  const own = ranked?.heads.find(({ ref }) => headName(ref) === name);
  const digits = ranked ? METRIC_DIGITS[ranked.sweep.metric] : 0;
  const marked = state.mark.value?.head && headName(state.mark.value.head) === name;
  const effect = own ? `, by itself ${signed(own.effect, digits)}` : "";
  return (
    <button
      type="button"
      role="switch"
      class="uh-switch"
      data-rove
      data-strength={own ? strengthOf(own.effect, ranked?.heads ?? []) : undefined}
      data-marked={marked || undefined}
      tabIndex={reached ? 0 : -1}
      aria-checked={!off}
      aria-label={`${headWords(head, state.model.value)}${effect}`}
      disabled={state.frozen.value}
      title={`${headWords(head, state.model.value)}${effect}`}
      onClick={() => state.toggle([name])}
    >
      <span class="uh-switch-lamp" aria-hidden="true" />
      {own && <span class="uh-switch-effect">{signed(own.effect, digits)}</span>}
    </button>
  );
}
