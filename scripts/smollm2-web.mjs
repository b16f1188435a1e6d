/**
 * Runs the served SmolLM2 on onnxruntime-web's plain WebAssembly build, one thread, as a browser does.
 *
 *     node scripts/smollm2-web.mjs FOLDER '[{"ids": [504, 3575], "answer": 7042}, …]'
 *
 * Prints JSON: the probability of each answer as the next token, and the processor time and memory that it took. For the
 * model's card.
 */
import { readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import * as ort from "onnxruntime-web";

const RUNTIME = "node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded";
const RUNS = 3;

const [folder, questions] = process.argv.slice(2);
const bytes = (path) => new Uint8Array(readFileSync(path));

ort.env.wasm.numThreads = 1;
ort.env.wasm.wasmBinary = bytes(`${RUNTIME}.wasm`).buffer;
ort.env.wasm.wasmPaths = { mjs: pathToFileURL(`${RUNTIME}.mjs`).href };

const started = seconds();
const session = await ort.InferenceSession.create(bytes(`${folder}/onnx/model.onnx`), {
  executionProviders: ["wasm"],
  logSeverityLevel: 3,
  externalData: readdirSync(`${folder}/onnx`)
    .filter((name) => name.startsWith("model.onnx_data"))
    .map((path) => ({ path, data: bytes(`${folder}/onnx/${path}`) })),
});
const sessionSeconds = seconds() - started;

const probabilities = [];
for (const { ids, answer } of JSON.parse(questions)) probabilities.push(chances(await run(ids))[answer]);

const sixteen = Array.from({ length: 16 }, (_, i) => 500 + i);
await run(sixteen);
const before = seconds();
for (let i = 0; i < RUNS; i += 1) await run(sixteen);
const runSeconds = (seconds() - before) / RUNS;
const megabytes = process.memoryUsage().rss / 1e6;
console.log(JSON.stringify({ probabilities, sessionSeconds, runSeconds, megabytes }));

/** Processor time of this process, which other work on the machine hardly changes. */
function seconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Logits of the next token. */
async function run(ids) {
  const whole = (values) => new ort.Tensor("int64", BigInt64Array.from(values, BigInt), [1, ids.length]);
  const { logits } = await session.run({ input_ids: whole(ids), attention_mask: whole(ids.map(() => 1)) });
  const vocabulary = logits.dims[2];
  return logits.data.slice(-vocabulary);
}

function chances(logits) {
  const largest = logits.reduce((a, b) => Math.max(a, b));
  const powers = Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}
