import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { visit } from "#test/support/browser.ts";
import { memoryMb, treeOf } from "../processes.ts";

const isBrowser = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("chromium");
  } catch {
    return false;
  }
};

export interface MemoryUse {
  /** What the pages' own objects take, after a collection. */
  readonly heapMb: number;
  /** What all processes of the browser take, its own code and caches included. */
  readonly processesMb: number;
}

/** Memory after one tab went through pages without ever being reloaded. */
export async function memoryAfter(browser: Browser, url: string, paths: readonly string[]): Promise<MemoryUse> {
  const { page } = await visit(browser, url, { width: 1440, height: 900 });
  for (const path of paths) {
    await page.evaluate(`history.pushState(null, "", ${JSON.stringify(path)})`);
    await page.waitForTimeout(700);
  }
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  await session.send("Performance.enable");
  const { metrics } = await session.send("Performance.getMetrics");
  const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN;
  const processesMb = memoryMb(treeOf(process.pid).filter(isBrowser));
  await page.context().close();
  return { heapMb: heap / 1e6, processesMb };
}
