/**
 * What the bench needs beside the site's own packages: a Python with PyTorch, Captum and BertViz, and the scripts that BertViz's
 * pages load. All of it goes to bench/.cache and is made once.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

export const CACHE = "bench/.cache";
const REQUIREMENTS = "bench/python/requirements.txt";
const IMPORTS = "import torch, transformers, bertviz, captum, IPython";

/** What BertViz 1.4.1's pages ask a CDN for: the package and file that answer, by a part of the address. */
const VENDOR = [
  { part: "require.js", file: "requirejs/require.js", package: "requirejs@2.3.6" },
  { part: "d3", file: "d3/dist/d3.min.js", package: "d3@5.7.0" },
  { part: "jquery", file: "jquery/dist/jquery.min.js", package: "jquery@2.2.4" },
];

/** @returns {string} a Python that imports what is needed: UNDERHOOD_PYTHON's, else one of the bench's own */
export function ensurePython() {
  const asked = process.env.UNDERHOOD_PYTHON;
  if (asked) {
    if (!imports(asked)) throw new Error(`UNDERHOOD_PYTHON (${asked}) lacks what ${REQUIREMENTS} names.`);
    return asked;
  }
  const folder = join(CACHE, "venv");
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (existsSync(python) && imports(python)) return python;
  console.log("Making a Python environment with PyTorch, Captum and BertViz (once, some minutes) …");
  mkdirSync(CACHE, { recursive: true });
  must(process.platform === "win32" ? "python" : "python3", ["-m", "venv", folder]);
  must(python, ["-m", "pip", "install", "--quiet", "--requirement", REQUIREMENTS]);
  return python;
}

/** @returns {(address: string) => string | undefined} the file that stands in for an address of BertViz's CDN */
export function ensureVendor() {
  const modules = join(CACHE, "vendor/node_modules");
  if (!VENDOR.every(({ file }) => existsSync(join(modules, file)))) {
    mkdirSync(join(CACHE, "vendor"), { recursive: true });
    writeFileSync(join(CACHE, "vendor/package.json"), '{"private":true}\n');
    const packages = VENDOR.map((one) => one.package);
    const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--silent"];
    must("npm", ["install", "--prefix", join(CACHE, "vendor"), ...quiet, ...packages]);
  }
  return (address) => {
    const found = VENDOR.find(({ part }) => address.includes(part));
    return found && join(modules, found.file);
  };
}

/** Runs a command to its end; throws when it fails. */
export function must(command, args, options = {}) {
  const { status } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"], ...options });
  if (status !== 0) throw new Error(`This failed: ${command} ${args.join(" ")}`);
}

/** A Python program that answers one JSON line with one JSON line. */
export function startPython(python, script) {
  const env = { ...process.env, OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1", TOKENIZERS_PARALLELISM: "false" };
  delete env.OPENBLAS_CORETYPE;
  const child = spawn(python, [script], { stdio: ["pipe", "pipe", "inherit"], env });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${script} ended without an answer.`);
      return JSON.parse(value);
    },
    stop: () => child.stdin.end(),
  };
}

function imports(python) {
  return spawnSync(python, ["-c", IMPORTS], { stdio: "ignore" }).status === 0;
}
