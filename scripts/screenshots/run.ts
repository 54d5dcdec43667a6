/**
 * `npm run screenshots`: does the demo's job on a platform of its own, takes a picture of every page of the console in both themes and
 * writes them to docs/guides/images. For people who change a page; the guide of the console shows them.
 */
import { mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startBrowser, visit } from "#test/support/browser.ts";
import { startTestPlatform } from "#test/support/platform.ts";
import { client } from "../demo/client.ts";
import { demo } from "../demo/demo.ts";
import { story } from "../demo/story.ts";
import { findIds } from "./find-ids.ts";
import { logRuns } from "./log-runs.ts";
import { shots } from "./pages.ts";

const folder = fileURLToPath(new URL("../../docs/guides/images/", import.meta.url));
const themes = ["light", "dark"] as const;
/** Long enough for charts to be drawn and colours to settle. */
const settleMs = 1_500;

const platform = await startTestPlatform();
const browser = await startBrowser({ withOwnProcesses: true });
try {
  const api = client(platform.url);
  const experiment = await logRuns(api);
  await demo(
    api,
    story((text) => process.stdout.write(text)),
  );
  const ids = await findIds(api, experiment);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { name, path, text } of shots) {
    for (const scheme of themes) {
      const { page } = await visit(browser, platform.url + path(ids), { width: 1440, height: 900, scheme });
      await page.getByText(text(ids)).filter({ visible: true }).first().waitFor();
      await page.waitForTimeout(settleMs);
      await page.screenshot({ path: `${folder}${name}-${scheme}.jpg`, type: "jpeg", quality: 70 });
      await page.context().close();
    }
    process.stdout.write(`${name}\n`);
  }
} finally {
  await browser.close();
  await platform.stop();
}
