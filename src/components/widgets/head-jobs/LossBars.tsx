import type { Token } from "../../../engine/model.ts";
import { visiblePiece } from "../../views/tokens/face.ts";
import type { Cost } from "./repeatState.ts";

interface LossBarsProps {
  readonly tokens: readonly Token[];
  readonly costs: readonly Cost[];
  /** Position of the token pointed at; null for none. */
  readonly here: number | null;
  readonly onPoint: (at: number | null) => void;
}

const WIDTH = 200;

/** What each token cost the model, in nats: a bar a token, those of the second time round in another colour. */
export function LossBars({ tokens, costs, here, onPoint }: LossBarsProps) {
  const most = Math.max(1, ...costs.map(({ loss }) => loss));
  return (
    <table class="uh-jobs-loss" onPointerLeave={() => onPoint(null)}>
      <caption>−log P of each token, in nats</caption>
      <tbody>
        {costs.map(({ at, loss, known }) => (
          <tr
            key={at}
            data-known={known || undefined}
            data-here={here === at - 1 || undefined}
            onPointerEnter={() => onPoint(at - 1)}
          >
            <th scope="row">{visiblePiece(tokens[at]?.piece ?? "")}</th>
            <td>
              <svg viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" aria-hidden="true">
                <rect y="1" width={Math.max(1, (loss / most) * WIDTH).toFixed(1)} height="8" />
              </svg>
            </td>
            <td>{loss.toFixed(2)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
