import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { EndpointEvent } from "#contracts/platform/endpoint.ts";
import { endpointContract } from "#contracts/platform/endpoints.ts";
import { leavePages, startBrowser, visit } from "#test/support/browser.ts";
import { findingsEverywhere } from "#test/support/page-check.ts";
import { startTrainedPlatform, type TrainedPlatform } from "#test/support/trained-platform.ts";
import { names } from "../../../scripts/demo/names.ts";

let world: TrainedPlatform;
let browser: Browser;
/** The earliest first: made, shared with a second variant, shared half and half, and back. */
let events: readonly Pick<EndpointEvent, "at">[];
const name = names.endpoint;
beforeAll(async () => {
  [world, browser] = await Promise.all([startTrainedPlatform(), startBrowser()]);
  const variant = { modelName: names.model, modelVersion: "1" };
  await world.api.call(endpointContract, "putEndpoint", { name, variants: [variant, { ...variant, name: "twin", weight: 0 }], reason: "a twin" });
  await world.api.call(endpointContract, "setWeights", { name, weights: { main: 0.5, twin: 0.5 }, reason: "half each" });
  await world.api.call(endpointContract, "setWeights", { name, weights: { main: 1 }, reason: "back" });
  events = (await world.api.call(endpointContract, "listEndpointEvents", { name })).events.toReversed();
});
afterEach(() => leavePages(browser));
afterAll(async () => {
  await browser.close();
  await world.platform.stop();
});

const open = (query = "") => visit(browser, `${world.platform.url}/endpoints/${name}?tab=replay${query}`, { width: 1440, height: 1000 });
const iso = (index: number) => new Date(events[index]?.at ?? 0).toISOString();
const instant = (page: Page) => new URL(page.url()).searchParams.get("at");
const shares = (page: Page) => page.getByRole("table", { name: "Variants" }).getByRole("row").allInnerTexts();
/** The address follows a moment after the page; on a busy machine it is a long one. */
const patience = { timeout: 15_000 };
const slider = (page: Page) => page.getByRole("slider", { name: "Instant" });

describe("the replay of an endpoint", () => {
  it("opens at the instant of its address, and goes from event to event by key; the address follows", async () => {
    const { page } = await open(`&at=${iso(2)}`);
    await page.getByRole("cell", { name: "50 %", exact: true }).first().waitFor();
    expect((await shares(page)).slice(1).map((row) => row.split(/\s+/).slice(0, 5).join(" "))).toEqual([
      `main ${names.model} 1 50 %`,
      `twin ${names.model} 1 50 %`,
    ]);
    expect(await slider(page).getAttribute("aria-valuetext")).toMatch(/: main 50 %, twin 50 %$/);

    await slider(page).focus();
    await page.keyboard.press("PageUp");
    await page.getByRole("cell", { name: "100 %", exact: true }).waitFor();
    await expect.poll(() => instant(page), patience).toBe(iso(3));
    await page.keyboard.press("PageDown");
    await page.keyboard.press("PageDown");
    await expect.poll(() => instant(page), patience).toBe(iso(1));
    await page.keyboard.press("End");
    await expect.poll(() => instant(page), patience).toBeNull();
  });

  it("is dragged to before the endpoint was there", async () => {
    const { page } = await open();
    const box = await slider(page).boundingBox();
    if (!box) throw new Error("the track is not drawn");
    await page.mouse.move(box.x + box.width - 2, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + 2, box.y + 50, { steps: 5 });
    await page.mouse.up();

    await page.getByText("The endpoint was not there.").waitFor();
    await expect.poll(() => Date.parse(instant(page) ?? ""), patience).toBeLessThan(events[0]?.at ?? 0);
  });

  it("says in rows what the track shows, with who and why, and each row leads to its instant", async () => {
    const { page } = await open();
    const rows = page.getByRole("table", { name: "What happened" });
    await rows.getByText("half each").waitFor();
    const said = await rows.getByRole("row").allInnerTexts();
    expect(said.map((row) => /a twin|half each|back/.exec(row)?.[0]).filter(Boolean)).toEqual(["back", "half each", "a twin"]);
    expect(said.find((row) => row.includes("half each"))).toMatch(/shares set by hand: main 50 %, twin 50 %\s+anonymous/);

    await rows.getByRole("button", { name: /twin 50 %/ }).click();
    await expect.poll(() => instant(page), patience).toBe(iso(2));
  });

  it("plays on from an instant to the present, and then rests there", async () => {
    const { page } = await open(`&at=${iso(1)}&speed=3600`);
    await page.getByRole("button", { name: "Play" }).click();

    await page.getByText("Now", { exact: true }).and(page.locator(".replay-clock")).waitFor();
    await page.getByRole("button", { name: "Play" }).waitFor();
    await expect.poll(() => instant(page), patience).toBeNull();
  });

  it("goes from event to event where motion is not wanted", async () => {
    const { page } = await open(`&at=${iso(1)}&speed=10`);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await slider(page).waitFor();
    await page.evaluate(`(() => {
      const track = document.querySelector("[role=slider]");
      window.passed = [track.getAttribute("aria-valuenow")];
      new MutationObserver(() => window.passed.push(track.getAttribute("aria-valuenow"))).observe(track, { attributeFilter: ["aria-valuenow"] });
    })()`);
    await page.getByRole("button", { name: "Play" }).click();
    await page.getByText("Now", { exact: true }).and(page.locator(".replay-clock")).waitFor();

    const passed = (await page.evaluate<string[]>("window.passed")).map(Number).filter((at) => at <= (events.at(-1)?.at ?? 0));
    expect(passed).toEqual(events.slice(1).map(({ at }) => at));
  });

  it("is without a serious finding of axe-core in both themes at three widths", async () => {
    const { page, errors } = await open(`&at=${iso(2)}`);
    await page.getByRole("table", { name: "What happened" }).getByText("half each").waitFor();

    expect(await findingsEverywhere(page)).toEqual([]);
    expect(errors).toEqual([]);
  });
});
