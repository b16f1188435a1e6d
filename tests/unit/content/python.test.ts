import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const FOLDER = "src/content/python";
const programs = readdirSync(FOLDER).filter((name) => name.endsWith(".py"));
const python = ["python3", "python"].find((command) => spawnSync(command, ["--version"]).status === 0);

describe("Python twins", () => {
  // A machine without Python cannot tell; the workflow's can.
  it.skipIf(!python).each(programs)("%s is valid Python", (name) => {
    const code = readFileSync(`${FOLDER}/${name}`, "utf8");
    const parsed = spawnSync(python ?? "", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], { input: code });
    expect(parsed.stderr.toString()).toBe("");
  });

  it.each(programs)("%s starts by saying what to install", (name) => {
    expect(readFileSync(`${FOLDER}/${name}`, "utf8").split("\n")[0]).toMatch(/^# .*pip install /);
  });
});
