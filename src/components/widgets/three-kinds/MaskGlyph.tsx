import type { AttentionKind } from "../../../engine/model.ts";

/** Rows and columns of the glyph: cross-attention need not be square. */
const SIZES: Readonly<Record<AttentionKind, readonly [rows: number, columns: number]>> = {
  encoder: [4, 4],
  decoder: [4, 4],
  cross: [4, 5],
};

/** The shape of a kind of attention, small: which cells the mask leaves open. */
export function MaskGlyph(props: { readonly kind: AttentionKind }) {
  const [rows, columns] = SIZES[props.kind];
  const cells = Array.from({ length: rows * columns }, (_, at) => [Math.floor(at / columns), at % columns] as const);
  return (
    <svg
      class="uh-glyph"
      viewBox={`0 0 ${columns * 6} ${rows * 6}`}
      width={columns * 6}
      height={rows * 6}
      aria-hidden="true"
    >
      {cells.map(([row, column]) => (
        <rect
          key={`${row}/${column}`}
          x={column * 6 + 0.5}
          y={row * 6 + 0.5}
          width="5"
          height="5"
          data-shut={(props.kind === "decoder" && column > row) || undefined}
        />
      ))}
    </svg>
  );
}
