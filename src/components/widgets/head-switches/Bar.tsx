interface BarProps {
  /** At most 1. */
  readonly now: number;
  /** The whole model’s, drawn as a ghost; null where it is not known. */
  readonly whole: number | null;
  /** The bar of the answer stands out. */
  readonly strong?: boolean;
}

/** A share as a bar, with the whole model’s as an outline behind it. The numbers stand beside it. */
export function Bar({ now, whole, strong = false }: BarProps) {
  return (
    <svg
      class="uh-says-bar"
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      data-strong={strong || undefined}
      aria-hidden="true"
    >
      <rect class="uh-says-track" x="0" y="0" width="100" height="10" />
      <rect class="uh-says-now" x="0" y="0" width={percent(now)} height="10" />
      {whole !== null && <rect class="uh-says-ghost" x="0" y="0" width={percent(whole)} height="10" />}
    </svg>
  );
}

function percent(share: number): number {
  return Math.max(0, Math.min(100, Math.round(share * 1000) / 10)) || 0;
}
