/** What a cell fetches when it is reached for. */
export { CellButtons } from "./CellButtons.tsx";
export { createCell } from "./cell.ts";
export { Editor } from "./Editor.tsx";
export { keptText } from "./keptText.ts";
export { Results } from "./Results.tsx";
export { runOn } from "./runOn.ts";
export { tryOut } from "./tryOut.ts";
