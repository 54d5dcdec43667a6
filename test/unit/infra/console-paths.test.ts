import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { consolePaths } from "#infra/console-paths.ts";

const html = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
/** Where CloudFront's function sends a request. */
const sentTo = (uri: string, accept: string) =>
  (runInNewContext(`${consolePaths}; handler(event)`, { event: { request: { uri, headers: { accept: { value: accept } } } } }) as { uri: string }).uri;

describe("an address of the console in an account", () => {
  it.each([
    ["/", html, "/index.html"],
    ["/models/bert", "*/*", "/index.html"],
    ["/models/bert-1.5", html, "/index.html"],
    ["/capstan.svg", "image/avif,image/webp,*/*;q=0.8", "/capstan.svg"],
    ["/assets/index-Ab12.js", "*/*", "/assets/index-Ab12.js"],
    ["/assets/gone.js", html, "/assets/gone.js"],
  ])("%s, asked for as %s, is answered by %s", (uri, accept, file) => {
    expect(sentTo(uri, accept)).toBe(file);
  });
});
