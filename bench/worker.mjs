/** The site's own worker on a page of the site, with the Comlink that the site itself uses. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Starts the worker with a model loaded in it (WASM); `window.api` and `window.proxy` are there afterwards. */
export async function openWorker(page, { address, directory }, id) {
  const worker = readdirSync(join(directory, "_astro")).find((name) => /^model\.worker.*\.js$/.test(name));
  if (!worker) throw new Error("The built site has no model worker.");
  await page.route("**/bench-comlink.mjs", (route) =>
    route.fulfill({ path: "node_modules/comlink/dist/esm/comlink.mjs", contentType: "text/javascript" }),
  );
  await page.goto(address);
  const model = { id, folder: `${address}models/${id}/` };
  const scripts = [`${address}bench-comlink.mjs`, `${address}_astro/${worker}`];
  const failure = await page.evaluate(startWorker, [...scripts, model]);
  if (failure) throw new Error(`The model did not load: ${failure}`);
}

/** Runs in the page. Answers with what went wrong, or null. */
async function startWorker([comlink, script, model]) {
  const { wrap, proxy } = await import(comlink);
  const api = wrap(new Worker(script, { type: "module" }));
  const loaded = await api.load(
    model,
    "wasm",
    proxy(() => {}),
  );
  Object.assign(window, { api, proxy, model });
  return loaded.ok ? null : JSON.stringify(loaded.failure);
}
