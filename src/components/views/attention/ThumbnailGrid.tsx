import type { HeadRef } from "../../../engine/model.ts";
import type { Picture } from "./picture.ts";
import { Thumbnail } from "./Thumbnail.tsx";

interface ThumbnailGridProps {
  readonly picture: Picture;
  /** Layer and heads that are shown elsewhere. */
  readonly layer: number;
  readonly heads: readonly number[];
  readonly marked?: HeadRef | null;
  readonly size: "small" | "large";
  readonly onPick: (layer: number, head: number) => void;
  /** Pointer or focus on a thumbnail; null when it leaves. */
  readonly onPreview?: (place: { layer: number; head: number } | null) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

/** All layers × heads of one kind of attention, layers down, heads across, both numbered from 1. */
export function ThumbnailGrid(props: ThumbnailGridProps) {
  const { picture } = props;
  const layers = Array.from({ length: picture.layers }, (_, layer) => layer);
  const heads = Array.from({ length: picture.heads }, (_, head) => head);
  return (
    <div class="uh-thumbs-box" data-size={props.size} data-heads={crowd(picture.heads)}>
      <table class="uh-thumbs" onKeyDown={props.onKeyDown} onPointerLeave={() => props.onPreview?.(null)}>
        <caption class="uh-unseen">Every layer and head: choose one to see it large</caption>
        <thead>
          <tr>
            <td class="uh-thumbs-corner">{props.size === "large" ? "layer ↓ head →" : ""}</td>
            {heads.map((head) => (
              <th key={head} scope="col" data-head={head % 12}>
                {head + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {layers.map((layer) => (
            <tr key={layer}>
              <th scope="row">{layer + 1}</th>
              {heads.map((head) => (
                <td key={head}>
                  <ThumbnailButton {...props} place={{ layer, head }} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How many heads share a line, in words that the style sheet knows. */
function crowd(heads: number): string {
  if (heads <= 4) return "few";
  return heads <= 8 ? "some" : "many";
}

function ThumbnailButton(props: ThumbnailGridProps & { place: { layer: number; head: number } }) {
  const { picture, place, marked } = props;
  const { layer, head } = place;
  const chosen = layer === props.layer && props.heads.includes(head);
  const first = layer === props.layer && head === (props.heads[0] ?? 0);
  const isMarked = marked?.kind === picture.kind && marked.layer === layer && marked.head === head;
  return (
    <button
      type="button"
      class="uh-thumb"
      data-rove
      data-head={head % 12}
      data-chosen={chosen || undefined}
      data-marked={isMarked || undefined}
      tabIndex={first ? 0 : -1}
      aria-pressed={chosen}
      aria-label={`Layer ${layer + 1}, head ${head + 1}`}
      onClick={() => props.onPick(layer, head)}
      onPointerEnter={() => props.onPreview?.(place)}
      onFocus={() => props.onPreview?.(place)}
      onBlur={() => props.onPreview?.(null)}
    >
      <Thumbnail picture={picture} layer={layer} head={head} />
    </button>
  );
}
