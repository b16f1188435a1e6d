/** A horizontal bar of a share between 0 and 1. An SVG, because the page's rules allow no inline styles. */
export function Bar(props: { readonly share: number; readonly tone: "probability" | "loss" | "plain" }) {
  const width = Math.max(0, Math.min(1, props.share || 0)) * 100;
  return (
    <svg class="ow-bar" data-tone={props.tone} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect class="ow-bar-ground" width="100" height="1" />
      <rect class="ow-bar-fill" width={Number(width.toFixed(2))} height="1" />
    </svg>
  );
}
