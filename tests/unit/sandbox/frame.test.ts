import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const page = readFileSync("public/sandbox/frame.html", "utf8");

it("lets its own script run and no other, and reaches nothing", () => {
  const [, script = ""] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
  const hash = createHash("sha256").update(script).digest("base64");
  const [, policy] = /Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
  expect(policy).toBe(`default-src 'none'; script-src 'sha256-${hash}' 'unsafe-eval' blob:; worker-src blob:`);
});
