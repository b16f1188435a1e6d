import type { Page, Route } from "@playwright/test";
import { beforeWorker, DECODER, ENCODER, FigureOnPage } from "../figure.ts";
import { expect, test } from "../site.ts";

const PAGE = "attention/head-view/";
const TITLE = "Which English words does each French word look at?";

async function open(page: Page): Promise<FigureOnPage> {
  await page.goto(PAGE);
  const figure = new FigureOnPage(page, TITLE);
  await figure.root.scrollIntoViewIfNeeded();
  await figure.hydrated();
  return figure;
}

/** Names of the model files that the browser keeps. */
function keptFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const cache = await caches.open("underhood-models");
    return (await cache.keys()).map(({ url }) => new URL(url).pathname.split("/").at(-1) ?? "");
  });
}

/** The stored picture and its words still stand, and the failure says what happened and offers one thing to do. */
async function expectFailure(figure: FigureOnPage, code: string, words: RegExp): Promise<void> {
  await expect(figure.failure).toHaveAttribute("data-code", code, { timeout: 40_000 });
  await expect(figure.failure).toContainText(words);
  await expect(figure.failure).toContainText("still work");
  await expect(figure.reading).toContainText(/look/);
  await expect(figure.chip).toHaveAttribute("aria-label", /stored/);
}

/** A way to spoil the body of the encoder's file. */
const SPOILED: readonly {
  readonly fault: string;
  readonly code: string;
  readonly words: RegExp;
  spoil(body: Buffer): Buffer;
}[] = [
  {
    fault: "a body shorter than the file",
    code: "network",
    words: /ended early/,
    spoil: (body) => body.subarray(0, body.length / 2),
  },
  { fault: "one bit flipped in the weights", code: "damaged", words: /damaged/, spoil: (body) => flipBit(body) },
  {
    fault: "a page of HTML with status 200",
    code: "wrong-file",
    words: /wrong file/,
    spoil: () => Buffer.from("<!doctype html><title>Hello</title>"),
  },
  { fault: "an empty file", code: "damaged", words: /damaged/, spoil: () => Buffer.alloc(0) },
  {
    fault: "a file with a tail of zeros",
    code: "damaged",
    words: /damaged/,
    spoil: (body) => Buffer.concat([body.subarray(0, 1000), Buffer.alloc(body.length - 1000)]),
  },
];

function flipBit(body: Buffer): Buffer {
  const copy = Buffer.from(body);
  const middle = copy.length >> 1;
  copy[middle] = (copy[middle] ?? 0) ^ 1;
  return copy;
}

for (const { fault, code, words, spoil } of SPOILED) {
  test(`${fault}: an error, nothing kept, and trying again works`, async ({ page }) => {
    await page.route(ENCODER, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ status: 200, contentType: "application/octet-stream", body: spoil(await response.body()) });
    });
    const figure = await open(page);

    await figure.run.click();

    await expectFailure(figure, code, words);
    expect(await keptFiles(page)).not.toContain("encoder_model.onnx");
    await page.unroute(ENCODER);
    await figure.failure.getByRole("button", { name: "Try again" }).click();
    await figure.isLive();
    await expect(figure.failure).toHaveCount(0);
  });
}

test("the connection is cut in the middle: an error, and trying again works", async ({ page }) => {
  await page.route(DECODER, (route) => route.abort("connectionreset"));
  const figure = await open(page);

  await figure.run.click();

  await expectFailure(figure, "network", /connection/i);
  await page.unroute(DECODER);
  await figure.failure.getByRole("button", { name: "Try again" }).click();
  await figure.isLive();
});

test("a copy that was damaged since it was kept is fetched once more", async ({ page }) => {
  let fetched = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("encoder_model.onnx")) fetched += 1;
  });
  const figure = await open(page);
  await figure.live();
  await page.evaluate(async () => {
    const cache = await caches.open("underhood-models");
    const key = (await cache.keys()).find(({ url }) => url.includes("encoder_model.onnx"));
    const bytes = new Uint8Array((await (key && (await cache.match(key)))?.arrayBuffer()) ?? []);
    bytes[5000] = (bytes[5000] ?? 0) ^ 1;
    if (key) await cache.put(key, new Response(bytes));
  });

  await (await open(page)).live();
  expect(fetched).toBe(2);

  await (await open(page)).live();
  expect(fetched).toBe(2);
});

const STATUSES: readonly { readonly status: number; readonly code: string; readonly words: RegExp }[] = [
  { status: 404, code: "not-found", words: /does not have/ },
  { status: 403, code: "forbidden", words: /refuses/ },
  { status: 429, code: "busy", words: /too many requests/ },
  { status: 503, code: "server", words: /fault/ },
];

for (const { status, code, words } of STATUSES) {
  test(`the host answers ${status}: it says so`, async ({ page }) => {
    await page.route(ENCODER, (route) => route.fulfill({ status, headers: { "retry-after": "1" }, body: "no" }));
    const figure = await open(page);

    await figure.run.click();

    await expectFailure(figure, code, words);
  });
}

test("a busy host is asked again after the time it names", async ({ page }) => {
  const asked: number[] = [];
  await page.route(ENCODER, async (route) => {
    asked.push(Date.now());
    if (asked.length === 1) await route.fulfill({ status: 429, headers: { "retry-after": "2" }, body: "later" });
    else await route.continue();
  });
  const figure = await open(page);

  await figure.run.click();
  await figure.isLive();

  expect(asked).toHaveLength(2);
  expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThan(1900);
});

test("the host is not found: an error", async ({ page }) => {
  await page.route("**/models/**", (route) => route.abort("namenotresolved"));
  const figure = await open(page);

  await figure.run.click();

  await expectFailure(figure, "network", /could not be reached/);
});

test("a download that stands still says so after 30 seconds", async ({ page }) => {
  test.setTimeout(90_000);
  await page.route(ENCODER, () => new Promise(() => {}));
  const figure = await open(page);

  await figure.run.click();

  await expectFailure(figure, "stalled", /30 seconds/);
});

test("cancelled half way and started again: no file is fetched twice", async ({ page }) => {
  const done: string[] = [];
  page.on("requestfinished", (request) => {
    if (/\.onnx$/.test(request.url())) done.push(new URL(request.url()).pathname.split("/").at(-1) ?? "");
  });
  let held: Route | undefined;
  await page.route(DECODER, (route) => {
    held = route;
  });
  const figure = await open(page);
  await figure.run.click();
  await expect.poll(() => held !== undefined && done.includes("encoder_model.onnx")).toBe(true);
  await expect.poll(() => keptFiles(page)).toContain("encoder_model.onnx");

  await figure.root.getByRole("button", { name: "Cancel" }).click();

  await expect(figure.chip).toHaveAttribute("aria-label", /stored/);
  await expect(figure.failure).toHaveCount(0);
  expect(await keptFiles(page)).not.toContain("decoder_model_merged.onnx");
  await page.unroute(DECODER);
  await figure.run.click();
  await figure.isLive();
  expect(done.sort()).toEqual(["decoder_model_merged.onnx", "encoder_model.onnx"]);
});

test("the page is left during a download and comes back", async ({ page }) => {
  await page.route(DECODER, () => new Promise(() => {}));
  const figure = await open(page);
  await figure.run.click();
  await expect(figure.chip).toHaveAttribute("aria-label", /loading/);
  await page.goto("credits/");
  await page.unroute(DECODER);

  await (await open(page)).live();
});

test("two tabs load the same model", async ({ context, page }) => {
  const other = await context.newPage();
  const [first, second] = [await open(page), await open(other)];

  await Promise.all([first.run.click(), second.run.click()]);

  await Promise.all([first.isLive(), second.isLive()]);
});

test("storage that is full: the model runs from memory and the page says so", async ({ page, context, baseURL }) => {
  const session = await context.newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(baseURL ?? "").origin, quotaSize: 50_000 });
  const figure = await open(page);

  await figure.live();

  await expect(figure.root).toContainText(/not (be )?(saved|kept)/);
});

test("neither cache nor local storage: the model runs from memory", async ({ page, context }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await beforeWorker(
    context,
    'Object.defineProperty(self, "caches", { get() { throw new DOMException("denied"); } });',
  );
  const figure = await open(page);

  await figure.live();

  await expect(figure.root).toContainText(/not (be )?(saved|kept)/);
});

const GPUS: readonly { readonly name: string; readonly script: string }[] = [
  { name: "no navigator.gpu", script: 'Object.defineProperty(navigator, "gpu", { value: undefined });' },
  {
    name: "an adapter that is null",
    script: 'Object.defineProperty(navigator, "gpu", { value: { requestAdapter: async () => null } });',
  },
  {
    name: "an adapter that throws",
    script:
      'Object.defineProperty(navigator, "gpu", { value: { requestAdapter: async () => { throw new Error("no"); } } });',
  },
];

for (const { name, script } of GPUS) {
  test(`${name}: the model runs on WASM`, async ({ page, context }) => {
    await beforeWorker(context, script);
    const figure = await open(page);

    await figure.live();

    await expect(figure.chip).toHaveAttribute("aria-label", /live · WASM/);
  });
}

test("no WebAssembly: stored results, and the page says so", async ({ page, context }) => {
  await beforeWorker(context, "delete self.WebAssembly;");
  const figure = await open(page);

  await figure.run.click();

  await expect(figure.failure).toHaveAttribute("data-code", "no-webassembly");
});

test("the worker's script is missing: an error within 5 seconds", async ({ page }) => {
  await page.route(/model\.worker[^/]*\.js$/, (route) => route.fulfill({ status: 404, body: "" }));
  const figure = await open(page);
  const start = Date.now();

  await figure.run.click();

  await expect(figure.failure).toHaveAttribute("data-code", "worker-missing");
  expect(Date.now() - start).toBeLessThan(5500);
  await page.unroute(/model\.worker[^/]*\.js$/);
  await figure.failure.getByRole("button", { name: "Reload the page" }).click();
  await figure.live();
});

test("a worker that dies is replaced, and the next text is answered", async ({ page }) => {
  const figure = await open(page);
  await figure.live();
  const before = page.workers().length;
  expect(before).toBe(1);

  await page.workers()[0]?.evaluate(() => {
    setTimeout(() => {
      throw new Error("killed by the test");
    });
  });
  await figure.source.fill("Translate to French: The black cat slept.");

  await expect(figure.target).toHaveValue(/chat/, { timeout: 45_000 });
  await figure.isLive();
});

test("a worker that never answers is replaced", async ({ page }) => {
  test.setTimeout(120_000);
  const figure = await open(page);
  await figure.live();

  await page.workers()[0]?.evaluate(() => {
    setTimeout(() => {
      for (;;);
    });
  });
  await figure.source.fill("Translate to French: The black cat slept.");

  await expect(figure.failure).toHaveAttribute("data-code", "worker-silent", { timeout: 90_000 });
  await figure.source.fill("Translate to French: The white horse ran.");
  await expect(figure.target).toHaveValue(/cheval/, { timeout: 60_000 });
});

test("the picture is that of the newest text, however fast the edits come", async ({ page }) => {
  const figure = await open(page);
  await figure.live();
  const words = ["dog", "cat", "horse", "bird", "cow"];

  for (let edit = 0; edit < 60; edit += 1) {
    await figure.source.fill(`Translate to French: The ${words[edit % words.length]} slept.`);
  }
  await figure.source.fill("Translate to French: The king slept.");

  await expect(figure.target).toHaveValue(/roi/);
  await page.waitForTimeout(1000);
  await expect(figure.target).toHaveValue(/roi/);
});

const TEXTS: readonly { readonly name: string; readonly text: string }[] = [
  { name: "nothing", text: "" },
  { name: "spaces", text: "     " },
  { name: "one token", text: "dog" },
  { name: "an emoji with joiners", text: "Translate to French: The 👩‍👩‍👧‍👦 ran." },
  { name: "right-to-left text", text: "Translate to French: שלום עולם." },
  { name: "combining marks and zero width", text: "cafe\u0301 a\u200bb\u0308" },
  { name: "a lone surrogate and NUL", text: "a\ud800b\u0000c" },
  { name: "line breaks", text: "one\r\ntwo\nthree" },
  { name: "the model's own marks", text: "</s> <pad> <unk> [MASK] </s>" },
];

for (const { name, text } of TEXTS) {
  test(`the text is ${name}: it runs, and the next good text too`, async ({ page }) => {
    const figure = await open(page);
    await figure.live();

    await figure.source.fill(text);
    await page.waitForTimeout(300);
    await expect(figure.failure).toHaveCount(0);
    await figure.source.fill("Translate to French: The brown dog slept.");

    await expect(figure.target).toHaveValue(/dormi/);
    await figure.isLive();
  });
}

test("a megabyte is pasted: counted, cut in sight, and the page stays usable", async ({ page }) => {
  const figure = await open(page);
  await figure.live();

  await figure.source.evaluate((field: HTMLTextAreaElement) => {
    field.value = "word ".repeat(200_000);
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });

  await expect(figure.root).toContainText(/of 512 tokens/);
  await expect(figure.root).toContainText(/Only the first \d+ characters were kept/);
  await expect(figure.root).toContainText(/\d+ tokens are not read/, { timeout: 45_000 });
  await figure.source.fill("Translate to French: The king slept.");
  await expect(figure.target).toHaveValue(/roi/, { timeout: 45_000 });
});

test("HTML in the text is text", async ({ page }) => {
  const figure = await open(page);
  await figure.live();

  await figure.source.fill('<img src=x onerror=alert(1)> "quoted" <script>alert(1)</script>');

  await expect(figure.root.locator("img, script")).toHaveCount(0);
  await figure.choose("Show as a table");
  await expect(figure.root.getByRole("table", { name: /^Attention weights/ })).toContainText("<");
  await expect(figure.root.locator("img, script")).toHaveCount(0);
});

const STATES = [
  "%%%",
  "x".repeat(100_000),
  "NaN",
  "1e308",
  "-1",
  '{"layer":999,"heads":[-1,1e308,null],"kind":"__proto__"}',
  '{"__proto__":{"layer":2}}',
  '{"v":0}',
];

test("damaged links are clamped or ignored, and never fetch the model", async ({ page }) => {
  const fetched: string[] = [];
  page.on("request", (request) => {
    if (/\.onnx|\.wasm/.test(request.url())) fetched.push(request.url());
  });
  for (const state of STATES) {
    await page.goto(`${PAGE}?cross=${encodeURIComponent(state).slice(0, 7000)}&unknown=1&__proto__=x`);
    const figure = new FigureOnPage(page, TITLE);
    await figure.root.scrollIntoViewIfNeeded();
    await figure.hydrated();
    await expect(figure.reading).toContainText(/look/);
    await expect(figure.root).not.toContainText(/NaN|undefined/);
  }
  expect(fetched).toEqual([]);
});
