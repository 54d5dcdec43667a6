import { gzipSync } from "node:zlib";
import type { Browser, Response } from "playwright-core";
import { visit } from "#test/support/browser.ts";

/** Bytes as they travel: as the server packed them, or as CloudFront would (gzip) where the laptop's gateway sends them plain. */
async function travelling(response: Response): Promise<number> {
  const body = await response.body();
  const isPacked = (await response.headerValue("content-encoding")) !== null;
  return isPacked ? (await response.request().sizes()).responseBodySize : gzipSync(body).length;
}

/** Kilobytes of code, styles and document that a browser with an empty cache loads for a page. */
export async function firstLoadKilobytes(browser: Browser, url: string, ready: string): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const responses: Response[] = [];
  page.on("response", (response) => ["document", "script", "stylesheet", "font"].includes(response.request().resourceType()) && responses.push(response));
  await page.goto(url);
  await page.getByText(ready).first().waitFor();
  const sizes = await Promise.all(responses.map(travelling));
  await context.close();
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

/** The page of a platform that shifts most while it loads and for a second after (https://web.dev/articles/cls, without its session windows: the plain sum). */
export async function worstLayoutShift(browser: Browser, url: string, paths: readonly string[]): Promise<{ readonly path: string; readonly shift: number }> {
  const shifts: { readonly path: string; readonly shift: number }[] = [];
  for (const path of paths) {
    const { page } = await visit(browser, url + path, { width: 1440, height: 900 });
    await page.waitForTimeout(2_000);
    shifts.push({
      path,
      shift: await page.evaluate<number>(`new Promise((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => { if (!entry.hadRecentInput) sum += entry.value; }))
          .observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 100);
      })`),
    });
    await page.context().close();
  }
  return shifts.reduce((worst, one) => (one.shift > worst.shift ? one : worst));
}
