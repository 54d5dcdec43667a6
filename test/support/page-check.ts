import type { Page } from "playwright-core";
import { seriousFindings } from "./accessibility.ts";

/** What is wrong with a page in both themes at some widths: findings of axe-core, and how many pixels lie beyond the window. */
export async function findingsEverywhere(page: Page, widths: readonly number[] = [1440, 768, 320]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      found.push(...(await seriousFindings(page)));
      const beyond = await page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
      if (beyond !== 0) found.push(`${beyond} pixels beyond a window of ${width}`);
    }
  }
  return found;
}
