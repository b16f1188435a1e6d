/** What is fetched when code is first run: the frame's program, and how a run is handed into it. */
export { runCode } from "../../../sandbox/runner.ts";
