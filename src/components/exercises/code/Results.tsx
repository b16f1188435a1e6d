import type { Output } from "../../../sandbox/runner.ts";
import type { Cell } from "./cell.ts";
import { PlotView } from "./PlotView.tsx";
import { ValueTable } from "./ValueTable.tsx";
import { faultWords } from "./words.ts";

/** What a run showed and how it ended. The ending is announced; tables and plots are there to be read. */
export function Results({ cell }: { readonly cell: Cell }) {
  const fault = cell.fault.value;
  const outputs = cell.outputs.value;
  return (
    <section class="uh-cell-results" aria-label="What the code shows">
      {outputs.map((output, index) => (
        <Item key={index} output={output} />
      ))}
      <div aria-live="polite">
        {fault && <p class="uh-cell-fault">{faultWords(fault)}</p>}
        {cell.status.value && <p class="uh-cell-status">{cell.status.value}</p>}
      </div>
    </section>
  );
}

function Item({ output: { shown, last } }: { readonly output: Output }) {
  return (
    <div class="uh-cell-item" data-last={last || undefined}>
      {shown.type === "text" && <pre>{shown.text}</pre>}
      {shown.type === "table" && <ValueTable table={shown.table} />}
      {shown.type === "plot" && <PlotView plot={shown.plot} />}
    </div>
  );
}
