/**
 * Measures the site beside what a reader would use instead, and prints the ratios. `npm run bench` sets up what it needs.
 *
 * Options: `--only=forward,studies,gradients,drawing,loading,editing,neuron,scripts` (some of the measures), `--site=DIRECTORY` (a site that is built
 * already). BENCH_ROUNDS sets the number of rounds, UNDERHOOD_PYTHON a Python that has bench/python/requirements.txt.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { launch } from "../bench/browser.mjs";
import { measureDrawing } from "../bench/measure/drawing.mjs";
import { measureEditing } from "../bench/measure/editing.mjs";
import { measureForward } from "../bench/measure/forward.mjs";
import { measureGradients } from "../bench/measure/gradients.mjs";
import { measureLoading } from "../bench/measure/loading.mjs";
import { measureNeuron } from "../bench/measure/neuron.mjs";
import { measureScripts } from "../bench/measure/scripts.mjs";
import { measureStudies } from "../bench/measure/studies.mjs";
import { table } from "../bench/report.mjs";
import { CACHE, ensurePython, ensureVendor, must } from "../bench/setup.mjs";
import { serve } from "./server.mjs";
import { base } from "./site.mjs";

const RESULTS = "bench/results.json";

/** What is measured, and whether frames come as soon as they are ready or 60 a second, as for a reader. */
const MEASURES = {
  forward: { run: measureForward, python: true },
  studies: { run: measureStudies, python: true },
  gradients: { run: measureGradients, python: true },
  drawing: { run: measureDrawing, python: true, unpaced: true },
  loading: { run: measureLoading },
  editing: { run: measureEditing },
  neuron: { run: measureNeuron },
  scripts: { run: measureScripts },
};

const { values: options } = parseArgs({ options: { only: { type: "string" }, site: { type: "string" } } });
const names = options.only?.split(",") ?? Object.keys(MEASURES);
const unknown = names.filter((name) => !(name in MEASURES));
if (unknown.length > 0) throw new Error(`--only knows ${Object.keys(MEASURES).join(", ")}, not ${unknown.join(", ")}.`);

mkdirSync(CACHE, { recursive: true });
const withPython = names.some((name) => MEASURES[name].python);
const tools = withPython ? { python: ensurePython(), vendor: ensureVendor() } : {};
const directory = options.site ?? "dist";
if (!options.site) must("npx", ["--no-install", "astro", "build"]);
const server = await serve({ directory, base, port: 0 });
const { port } = server.address();
const site = { directory, base, port, address: `http://localhost:${port}${base}` };

const rows = [];
for (const name of names) rows.push(...(await measured(name)));
server.close();

const machine = { processor: cpus()[0]?.model, cores: cpus().length, load: loadavg()[1], node: process.version };
console.log(`\n${table(rows)}\n\nRatios are ours to theirs, measured in turns on this machine; times depend on it.`);
if (machine.load > machine.cores)
  console.log(`The machine was busy: load ${machine.load.toFixed(1)} on ${machine.cores} cores.`);
writeFileSync(RESULTS, `${JSON.stringify({ date: new Date().toISOString(), machine, rows }, null, 2)}\n`);
process.exit();

/** One measure in a browser of its own; one that fails is said, and the others go on. */
async function measured(name) {
  console.log(`Measuring: ${name} …`);
  const { run, unpaced = false } = MEASURES[name];
  const browser = await launch({ unpaced });
  try {
    return await run({ browser, site, ...tools });
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
    return [{ measure: `${name}: failed`, unit: "", ours: Number.NaN, note: "failed" }];
  } finally {
    await browser.close();
  }
}
