/** What a hatched cell means; where nothing is hatched, that is said instead. */
export function MaskLegend(props: { readonly forbidden: number }) {
  if (props.forbidden === 0)
    return <p class="uh-mask-legend">Nothing is hatched: each row may look at every column.</p>;
  return (
    <p class="uh-mask-legend">
      <svg viewBox="0 0 1 1" width="16" height="16" aria-hidden="true">
        <path class="uh-mask-ground" d="M0 0h1v1H0z" />
        <path class="uh-mask-hatch" d="M0 .5L.5 0M0 1L1 0M.5 1L1 .5" />
      </svg>
      forbidden by the mask: exactly 0 in every head. Click such a cell to read why.
    </p>
  );
}
