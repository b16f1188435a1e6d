import { expect, pages, test } from "./site.ts";

for (const path of pages()) {
  test(`every link and asset of /${path} answers`, async ({ page, request, baseURL }) => {
    await page.goto(path);
    const addresses = await page.evaluate(() =>
      [...document.querySelectorAll("a[href], link[href], script[src], img[src]")]
        .map((element) => (element as HTMLAnchorElement).href || (element as HTMLImageElement).src)
        .filter((url) => url.startsWith(location.origin)),
    );
    expect(addresses.length).toBeGreaterThan(3);

    for (const url of new Set(addresses.map((address) => address.split("#")[0] ?? ""))) {
      expect(url.startsWith(baseURL ?? ""), `${url} stands under the base path`).toBe(true);
      const { status, redirected } = await request.get(url, { maxRedirects: 0 }).then((response) => ({
        status: response.status(),
        redirected: response.status() >= 300,
      }));
      expect({ url, status, redirected }).toEqual({ url, status: 200, redirected: false });
    }
  });

  test(`every link of /${path} into a page finds its place`, async ({ page }) => {
    await page.goto(path);
    const missing = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLAnchorElement>("a[href*='#']")]
        .filter((link) => link.pathname === location.pathname && link.hash.length > 1)
        .filter((link) => !document.getElementById(decodeURIComponent(link.hash.slice(1))))
        .map((link) => link.hash),
    );
    expect(missing).toEqual([]);
  });
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  for (const path of pages()) {
    test(`/${path} reads as text`, async ({ page }) => {
      await page.goto(path);
      await expect(page.locator("main")).toContainText(/\w{3,}/);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    });
  }
});

test("a page without the trailing slash leads to the one with it", async ({ request }) => {
  const response = await request.get("credits", { maxRedirects: 0 });
  expect(response.status()).toBe(301);
  expect(response.headers().location).toMatch(/\/credits\/$/);
});

test("an address that does not exist answers with the site's own page", async ({ page }) => {
  const response = await page.goto("no/such/page/");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("link").first()).toBeVisible();
});

test("the contents list names the pages of single models while one of them is open", async ({ page }) => {
  const single = page.locator("#uh-contents").getByRole("link", { name: "The small decoder" });
  await page.goto("lecturers/");
  await expect(page.locator("#uh-contents").getByRole("link", { name: "The models" })).toHaveCount(1);
  await expect(single).toHaveCount(0);

  for (const path of ["models/", "models/encoder-minilm/"]) {
    await page.goto(path);
    await expect(single).toHaveAttribute("href", /\/models\/decoder-small\/$/);
  }
});
