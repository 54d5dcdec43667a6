import type { Page } from "playwright-core";

/** Presses Tab until the focus is on what has this name. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate<string>("(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent ?? '').trim()");
    if (focused === name) return;
  }
  throw new Error(`the focus never came to ${name}`);
}

/** Opens a dialog, gives a reason and confirms, without a mouse. */
export async function decide(page: Page, action: string, reason: string): Promise<void> {
  await page.getByRole("button", { name: action, exact: true }).and(page.locator(":enabled")).waitFor();
  await tabTo(page, action);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: action }).waitFor();
  await page.getByRole("dialog", { name: action }).getByLabel("Reason").focus();
  await page.keyboard.type(reason);
  await tabTo(page, `Confirm: ${action}`);
  await page.keyboard.press("Enter");
}
