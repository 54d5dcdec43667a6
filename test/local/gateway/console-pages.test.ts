import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { consoleIn } from "#infra/local/gateway/console.ts";
import { listenFrom } from "#infra/local/ports.ts";
import { testPort } from "#test/support/platform.ts";

const html = "text/html,application/xhtml+xml,*/*;q=0.8";
const server = createServer();
const folder = mkdtempSync(join(tmpdir(), "capstan-"));
let url = "";

beforeAll(async () => {
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "the page");
  writeFileSync(join(folder, "capstan.svg"), "the picture");
  writeFileSync(join(folder, "assets/index-Ab12.js"), "the script");
  const console = await consoleIn(folder);
  server.on("request", (request, response) => {
    void console.serve(request.url ?? "/", request.headers.accept ?? "", response).then((served) => served || response.writeHead(404).end("not the console's"));
  });
  url = `http://127.0.0.1:${await listenFrom(server, "127.0.0.1", await testPort())}`;
});
afterAll(() => void server.close());

describe("an address of the console on a laptop", () => {
  it.each([
    ["/", "*/*", "the page"],
    ["/models/bert", "*/*", "the page"],
    ["/models/bert-1.5", html, "the page"],
    ["/models/bert-1.5", "application/json", "not the console's"],
    ["/capstan.svg", html, "the picture"],
    ["/assets/index-Ab12.js", "*/*", "the script"],
    ["/assets/gone.js", html, "not the console's"],
    ["/capstan/v1/nothing.here", html, "not the console's"],
  ])("%s, asked for as %s, is answered by %s", async (path, accept, answer) => {
    expect(await (await fetch(`${url}${path}`, { headers: { accept } })).text()).toBe(answer);
  });

  it("is answered by the files of a build that was made meanwhile", async () => {
    rmSync(join(folder, "assets/index-Ab12.js"));
    writeFileSync(join(folder, "assets/index-Cd34.js"), "the new script");
    writeFileSync(join(folder, "index.html"), "the new page");
    utimesSync(join(folder, "index.html"), new Date(), new Date(Date.now() + 5000));
    const ask = async (path: string) => (await fetch(`${url}${path}`)).text();

    expect(await ask("/experiments")).toBe("the new page");
    expect(await ask("/assets/index-Cd34.js")).toBe("the new script");
    expect(await ask("/assets/index-Ab12.js")).toBe("not the console's");
  });
});
