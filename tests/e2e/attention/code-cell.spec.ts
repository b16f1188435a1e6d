import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { type Locator, type Page, test as plain } from "@playwright/test";
import { hydrated } from "../figure.ts";
import { expect, test } from "../site.ts";

const PAGE = "attention/exercise-6-1-1/";
const ANSWER = readFileSync("src/content/cells/looked-at.answer.ts", "utf8").trimEnd();

/** Milliseconds within which every run is over, its start-up included. */
const OVER = 3000;

/** The exercise in code, with the handles that a reader has on it. */
class CellOnPage {
  readonly root: Locator;
  readonly field: Locator;
  readonly run: Locator;
  readonly check: Locator;
  readonly results: Locator;
  readonly status: Locator;
  readonly fault: Locator;
  readonly verdict: Locator;

  constructor(readonly page: Page) {
    this.root = page.locator('section[id="6.1.1-b-code"]');
    this.field = this.root.getByRole("textbox");
    this.run = this.root.getByRole("button", { name: "Run", exact: true });
    this.check = this.root.getByRole("button", { name: /^Check/ });
    this.results = this.root.getByRole("region", { name: "What the code shows" });
    this.status = this.root.locator(".uh-cell-status");
    this.fault = this.root.locator(".uh-cell-fault");
    this.verdict = this.root.locator(".uh-ex-verdict");
  }

  async open(): Promise<this> {
    await this.page.goto(PAGE);
    await this.page.getByRole("region", { name: "From the answer back to the question" }).scrollIntoViewIfNeeded();
    await this.root.scrollIntoViewIfNeeded();
    await hydrated(this.root);
    return this;
  }

  /** Opens the editor and puts a text in place of what it holds. */
  async write(text: string): Promise<void> {
    const edit = this.root.getByRole("button", { name: "Edit" });
    if (await edit.count()) await edit.click();
    await this.field.click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.insertText(text);
  }

  async over(): Promise<void> {
    await expect(this.status).toHaveText(/^(Done|Stopped)/);
  }

  /** Milliseconds of a run, from the click to what is said of its end, by the page's own clock. */
  async timed(): Promise<number> {
    const ended = this.root.evaluate(
      (root) =>
        new Promise<number>((resolve) => {
          root.querySelector(".uh-cell-run")?.addEventListener(
            "click",
            () => {
              const start = performance.now();
              const over = () => /^(Done|Stopped)/.test(root.querySelector(".uh-cell-status")?.textContent ?? "");
              new MutationObserver(() => over() && resolve(performance.now() - start)).observe(root, {
                characterData: true,
                childList: true,
                subtree: true,
              });
            },
            { once: true },
          );
        }),
    );
    await this.run.click();
    return ended;
  }

  async runs(text: string): Promise<void> {
    await this.write(text);
    await this.run.click();
    await this.over();
  }
}

test("runs, prints, plots and shows the last value", async ({ page }) => {
  const cell = await new CellOnPage(page).open();

  await cell.run.click();
  await expect(cell.status).toHaveText(/^Done in/);
  await expect(cell.results.getByRole("rowheader")).toHaveText([
    "What",
    "is",
    "the",
    "capital",
    "of",
    "France",
    "?",
    "</s>",
  ]);

  await cell.runs(
    "print('heads', model.heads);\nplot([3, -1, 2], { kind: 'line', title: 'a line' });\nattention.cross[0][1]",
  );
  await expect(cell.results).toContainText("heads 4");
  await expect(cell.results.getByRole("img", { name: "A line of 3 values between -1 and 3" })).toBeVisible();
  await expect(cell.results.getByRole("table")).toContainText("5 France");
});

test("says the line of a mistake and marks it", async ({ page }) => {
  const cell = await new CellOnPage(page).open();

  await cell.runs("const a: number[] = [1];\n\nmissing(a);");

  await expect(cell.fault).toHaveText("Line 3: ReferenceError: missing is not defined");
  await expect(cell.root.locator(".uh-fault-line")).toHaveText("missing(a);");
});

test("judges the function on other sentences, and says what is wrong", async ({ page }) => {
  const cell = await new CellOnPage(page).open();

  await cell.check.click();
  await expect(cell.verdict).toContainText("inside the question");
  await cell.write(ANSWER.replace("tokens.written.find", "tokens.read.find"));
  await expect(cell.verdict).toHaveAttribute("data-dirty");
  await cell.check.click();
  await expect(cell.verdict).toContainText("one too late");
  await cell.write(ANSWER);
  await cell.check.click();

  await expect(cell.verdict).toContainText("On 3 sentences");
  await expect(cell.root.getByText("done", { exact: true })).toBeVisible();
});

test("keeps the text over a reload, and a reset can be undone", async ({ page }) => {
  const cell = await new CellOnPage(page).open();
  await cell.write("1 + 2 // mine");
  await page.waitForTimeout(500);

  await cell.open();
  await expect(cell.root.locator(".uh-cell-text")).toHaveText("1 + 2 // mine");
  await cell.run.click();
  await expect(cell.results).toContainText("3");
  await cell.root.getByRole("button", { name: "Start over" }).click();
  await expect(cell.field).toContainText("function lookedAt");
  await cell.root.getByRole("button", { name: "Undo" }).click();
  await expect(cell.field).toHaveText("1 + 2 // mine");
});

test("works from the keyboard alone", async ({ page }) => {
  const cell = await new CellOnPage(page).open();
  await cell.run.focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(cell.field).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText("if (true) {\n");
  await page.keyboard.press("Tab");
  await page.keyboard.insertText("print(7);\n}");
  await expect(cell.field).toContainText("  print(7);");
  await page.keyboard.press("Control+Enter");
  await expect(cell.results).toContainText("7");
  await expect(cell.field).toBeFocused();

  await expect(cell.root).toContainText("Escape frees Tab");
  await page.keyboard.press("Escape");
  await expect(cell.root).toContainText("Tab now leaves the editor");
  await page.keyboard.press("Tab");
  await expect(cell.run).toBeFocused();
});

test("completes the page’s names", async ({ page }) => {
  const cell = await new CellOnPage(page).open();
  await cell.write("");
  await page.keyboard.type("alignm");
  await expect(cell.root.getByRole("option", { name: /alignmentAgreement/ })).toBeVisible();
  await page.waitForTimeout(150);
  await page.keyboard.press("Enter");
  await expect(cell.field).toHaveText("alignmentAgreement");
});

test("can be stopped by hand", async ({ page }) => {
  const cell = await new CellOnPage(page).open();
  await cell.write("for (;;);");
  await cell.run.click();
  await cell.root.getByRole("button", { name: "Stop" }).click();
  await expect(cell.status).toHaveText(/^Stopped\. Your text is kept/);
});

/** Reader code that goes wrong or means harm: what the page then says. */
const FAULTS: readonly { readonly name: string; readonly text: string; readonly shown: RegExp }[] = [
  { name: "an endless loop", text: "for (;;);", shown: /Stopped: it came to no end/ },
  { name: "an array of 10⁹", text: "new Array(1e9).fill(0)", shown: /Stopped: it came to no end|RangeError/ },
  {
    name: "10⁹ objects",
    text: "const a = [];\nfor (let i = 0; i < 1e9; i++) a.push({ i });",
    shown: /Stopped: it came to no end|RangeError/,
  },
  { name: "a bottomless recursion", text: "const f = (n) => f(n + 1) + 1;\nf(0)", shown: /Line 1: RangeError/ },
  { name: "a fetch", text: "fetch('https://example.org/')", shown: /Line 1: ReferenceError: fetch/ },
  { name: "a request", text: "new XMLHttpRequest()", shown: /ReferenceError/ },
  { name: "a socket", text: "new WebSocket('wss://example.org/')", shown: /ReferenceError/ },
  { name: "a script from elsewhere", text: "importScripts('https://example.org/x.js')", shown: /ReferenceError/ },
  { name: "a worker of its own", text: "new Worker('data:text/javascript,1')", shown: /ReferenceError/ },
  { name: "a thrown text", text: 'throw "string"', shown: /The code threw "string"/ },
  { name: "a thrown trap", text: "throw { get name() { throw 1; }, toString: null }", shown: /The code threw/ },
  { name: "a flood of output", text: "for (;;) print('x');", shown: /Cut here: a run shows 100 things at most/ },
  { name: "a flood of messages", text: "for (;;) postMessage('x');", shown: /ReferenceError: postMessage/ },
  { name: "a very long text", text: "print('x'.repeat(5e7))", shown: /cut here, 49996000 characters more/ },
  {
    name: "a very long list",
    text: "Array.from({ length: 1e6 }, (_, i) => i)",
    shown: /999960 columns more, not shown/,
  },
  { name: "markup", text: "print('<img src=x onerror=alert(1)>')", shown: /<img src=x onerror=alert\(1\)>/ },
];

for (const { name, text, shown } of FAULTS) {
  test(`${name}: over within 3 seconds, the text kept, the next run good`, async ({ page }) => {
    const cell = await new CellOnPage(page).open();
    await cell.runs("'awake'");
    await cell.write(text);
    const took = await cell.timed();
    expect(took).toBeLessThan(OVER);

    await expect(cell.results).toContainText(shown);
    await expect(cell.results.locator("img, script, iframe")).toHaveCount(0);
    await expect(cell.field).toHaveText(text.replace("\n", ""));
    await expect(page.locator("iframe")).toHaveCount(0);
    await cell.runs("2 * 21");
    await expect(cell.results).toContainText("42");
  });
}

/** Ways to pass without computing anything. */
const FORGERIES: readonly { readonly name: string; readonly text: string }[] = [
  { name: "a verdict given back", text: "function lookedAt() { return { state: 'right', why: 'right', facts: {} }; }" },
  { name: "a verdict thrown", text: "function lookedAt() { throw { state: 'right' }; }" },
  {
    name: "reports sent by every way there is",
    text: `const report = { run: 1, report: { type: "done" } };
for (const send of [() => postMessage(report), () => self.postMessage(report), () => parent.postMessage(report, "*"),
  () => globalThis.onmessage({ data: report }), () => dispatchEvent(report), () => new MessageChannel(),
  () => new BroadcastChannel("x"), () => Object.getPrototypeOf(globalThis).postMessage(report)]) {
  try { send(); print("sent"); } catch {}
}
function lookedAt() { return [1]; }`,
  },
  {
    name: "the language bent",
    text: `Function.prototype.call = Function.prototype.apply = () => "right";
Array.isArray = () => true;
Array.from = () => ({ state: "right" });
Math.abs = () => 0;
Number.isFinite = () => false;
Object.prototype.state = "right";
Object.prototype.toJSON = () => "right";
function lookedAt(word, attention, tokens) { return tokens.source.map(() => 0.5); }`,
  },
  {
    name: "a caller looked for in the stack",
    text: `let found = [];
Error.prepareStackTrace = (_, calls) => { found = calls.map((call) => [call.getFunction(), call.getThis()]); return ""; };
try { null.x; } catch (error) { error.stack; }
print(found.flat().filter((item) => item !== undefined).length, "handles");
function lookedAt() { return found; }`,
  },
  {
    name: "numbers that compare with anything",
    text: `function lookedAt(word, attention, tokens) {
  return tokens.source.map(() => ({ valueOf: () => 0.5, [Symbol.toPrimitive]: () => 0.5 }));
}`,
  },
  {
    name: "a list that changes as it is read",
    text: `function lookedAt(word, attention, tokens) {
  return new Proxy(tokens.source.map(() => 0), { get: (list, name) => (name === "length" ? list.length : NaN) });
}`,
  },
];

for (const { name, text } of FORGERIES) {
  test(`no verdict can be forged: ${name}`, async ({ page }) => {
    const cell = await new CellOnPage(page).open();
    await cell.write(text);

    await cell.check.click();

    await expect(cell.verdict).toHaveAttribute("data-state", "wrong");
    await expect(cell.root).not.toHaveAttribute("data-done");
    await expect(cell.results).not.toContainText("sent");
    if (text.includes("handles")) await expect(cell.results).toContainText("0 handles");
    await cell.write(ANSWER);
    await cell.check.click();
    await expect(cell.verdict).toHaveAttribute("data-state", "right");
  });
}

test("messages to the page from elsewhere change nothing", async ({ page }) => {
  const cell = await new CellOnPage(page).open();
  await cell.write("for (;;);");
  await cell.run.click();
  await page.evaluate(() => {
    for (let run = 0; run < 50; run += 1) {
      postMessage({ run, report: { type: "returned", trace: 0, returned: { ok: true, value: [1] } } }, "*");
      postMessage({ run, report: { type: "done" } }, "*");
    }
  });
  await expect(cell.status).toHaveText(/Stopped: it came to no end/);
  await expect(cell.verdict).toHaveCount(0);
});

/** Why requests to other origins failed: the policy's own word for itself, before anything is sent. */
function refusals(page: Page): string[] {
  const reasons: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("example.org")) reasons.push("asked");
  });
  page.on("requestfailed", (request) => {
    if (request.url().includes("example.org")) reasons.push(request.failure()?.errorText ?? "");
  });
  return reasons;
}

// Chromium tells of such a request before the policy stops it, so these two look at why it failed.
plain("a module from elsewhere is stopped by the frame’s policy", async ({ page }) => {
  const reasons = refusals(page);
  const cell = await new CellOnPage(page).open();
  await cell.runs(
    "import('https://example.org/x.js');\nconst until = Date.now() + 500;\nwhile (Date.now() < until);\n'on'",
  );
  await expect(cell.results).toContainText("on");
  expect(reasons.filter((reason) => reason !== "asked")).toEqual(reasons.includes("asked") ? ["csp"] : []);
});

plain("the frame’s policy holds even for a program that has all its names", async ({ page, baseURL }) => {
  const reasons = refusals(page);
  await page.goto(PAGE);
  const frame = `${baseURL}sandbox/frame.html`;
  const heard = await page.evaluate(async (address) => {
    const program = `onmessage = async ({ ports: [port] }) => {
      const tries = {
        fetch: () => fetch("${address}"),
        far: () => fetch("https://example.org/", { mode: "no-cors" }),
        script: () => importScripts("${address}"),
        module: () => import("https://example.org/x.js"),
        socket: () => new Promise((yes, no) => { const s = new WebSocket("wss://example.org/"); s.onopen = yes; s.onerror = no; }),
        storage: () => new Promise((yes, no) => { const r = indexedDB.open("x"); r.onsuccess = yes; r.onerror = no; }),
      };
      const heard = { origin: self.origin };
      for (const [name, go] of Object.entries(tries)) heard[name] = await Promise.resolve().then(go).then(() => "open", () => "closed");
      port.postMessage(heard);
    };`;
    const iframe = document.createElement("iframe");
    iframe.setAttribute("sandbox", "allow-scripts");
    iframe.src = address;
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
    });
    iframe.onload = () => iframe.contentWindow?.postMessage({ program, order: {}, buffers: [] }, "*", [port2]);
    document.body.append(iframe);
    return answer;
  }, frame);
  expect(heard).toEqual({
    origin: "null",
    ...{ fetch: "closed", far: "closed", script: "closed", module: "closed", socket: "closed", storage: "closed" },
  });
  expect(reasons).toEqual(["asked", "csp"]);
});

test("the frame’s page does nothing when it is opened as a page or with an origin", async ({ page }) => {
  await page.goto("sandbox/frame.html");
  await page.evaluate(() => postMessage({ program: "self.x = 1", order: {}, buffers: [] }, "*"));
  await page.waitForTimeout(300);
  expect(page.workers()).toHaveLength(0);

  await page.goto("credits/");
  await page.evaluate(() => {
    const iframe = document.createElement("iframe");
    iframe.src = "../sandbox/frame.html";
    iframe.onload = () =>
      iframe.contentWindow?.postMessage({ program: "1", order: {}, buffers: [] }, "*", [new MessageChannel().port2]);
    document.body.append(iframe);
  });
  await page.waitForTimeout(300);
  expect(page.workers()).toHaveLength(0);
});

test("a frame that does not come up is said, and the text is kept", async ({ page }) => {
  await page.route("**/sandbox/frame.html", (route) => route.abort());
  const cell = await new CellOnPage(page).open();
  await cell.run.click();
  await expect(cell.status).toHaveText(/did not open/, { timeout: 12_000 });
  await page.unroute("**/sandbox/frame.html");
  await cell.run.click();
  await expect(cell.status).toHaveText(/^Done/);
});

for (const theme of ["light", "dark"] as const) {
  test(`fits a phone in the ${theme} theme`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(PAGE);
    await page.evaluate((name) => localStorage.setItem("starlight-theme", name), theme);
    const cell = await new CellOnPage(page).open();
    await cell.runs("plot(attention.cross[0][1]);\nattention.cross[0][1]");
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test(`has no accessibility fault with editor, results and verdict open, ${theme}`, async ({ page }) => {
    await page.goto(PAGE);
    await page.evaluate((name) => localStorage.setItem("starlight-theme", name), theme);
    const cell = await new CellOnPage(page).open();
    await cell.write(
      "plot([1, -2]);\nplot([1, -2], { kind: 'line' });\nplot([[1, -2]]);\nprint([1, 2]);\n// words\nnull.x",
    );
    await cell.check.click();
    await expect(cell.verdict).toBeVisible();
    await expect(cell.fault).toBeVisible();

    const { violations } = await new AxeBuilder({ page }).include('section[id="6.1.1-b-code"]').analyze();

    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`),
    ).toEqual([]);
  });
}

/** Scripts that the page has fetched, with their bytes as sent. */
async function scriptsOf(page: Page): Promise<{ url: string; bytes: number }[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(({ name }) => name.endsWith(".js"))
      .map((entry) => ({ url: entry.name, bytes: (entry as PerformanceResourceTiming).encodedBodySize })),
  );
}

test("nothing heavy is fetched before the cell is reached for", async ({ page }) => {
  const cell = await new CellOnPage(page).open();
  await page.waitForLoadState("networkidle");
  const before = await scriptsOf(page);
  await cell.run.click();
  await cell.over();
  const after = await scriptsOf(page);

  const sum = (list: readonly { bytes: number }[]) => list.reduce((total, { bytes }) => total + bytes, 0);
  expect(sum(before)).toBeLessThan(60_000);
  // The editor and the sandbox come with the first run; before it the cell costs next to nothing.
  expect(sum(after) - sum(before)).toBeGreaterThan(100_000);
  expect(sum(before.filter(({ url }) => /WriteCode|useCell/.test(url)))).toBeLessThan(3000);
});
