import chromium from "@sparticuz/chromium";
import { type Browser, type Page, chromium as playwright } from "playwright-core";

export interface BrowserSettings {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
}

/** A page in real Chromium, and what went on behind it. */
export interface Visit {
  readonly page: Page;
  /** What the page wrote to the console as an error, and what it threw. */
  readonly errors: readonly string[];
  /** Addresses that it asked, of whatever host. */
  readonly requests: readonly string[];
}

/**
 * Starts the Chromium that the npm package carries: no system package, no download.
 * @param withOwnProcesses pages have processes of their own, as on a desk; the package's default is one process for all, which starts sooner
 */
export async function startBrowser({ withOwnProcesses = false } = {}): Promise<Browser> {
  const args = withOwnProcesses ? chromium.args.filter((arg) => !["--single-process", "--no-zygote", "--in-process-gpu"].includes(arg)) : chromium.args;
  return playwright.launch({ executablePath: await chromium.executablePath(), args, headless: true });
}

/** Opens a page in a context of its own and records what it says and asks. */
export async function visit(browser: Browser, url: string, { width = 1280, height = 800, scheme = "light" }: BrowserSettings = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
  const page = await context.newPage();
  const errors: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(url);
  return { page, errors, requests };
}

/** Leaves every page of a browser: one that stays open goes on asking the platform. */
export async function leavePages(browser: Browser): Promise<void> {
  await Promise.all(browser.contexts().flatMap((context) => context.pages().map((page) => page.goto("about:blank"))));
}
