import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runToEnd, startTestPlatform, type TestPlatform, testPort } from "#test/support/platform.ts";

interface Process {
  readonly pid: number;
  readonly parent: number;
}

/** Every process that runs; one that has ended and whose parent has not asked yet runs no more. */
const processes = (): Process[] =>
  execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , state = ""]) => !state.startsWith("Z"))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));

const running = (pids: readonly number[]) => processes().flatMap(({ pid }) => (pids.includes(pid) ? [pid] : []));

/** Every process below one. */
function descendants(root: number): number[] {
  const all = processes();
  const below = (of: number): number[] => all.filter(({ parent }) => parent === of).flatMap(({ pid }) => [pid, ...below(pid)]);
  return below(root);
}

const health = async (url: string) => (await fetch(`${url}/health`)).text();

describe("a platform that is started", () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform();
  });
  afterAll(async () => {
    await platform?.stop();
  });

  it("keeps its data to its user", () => {
    const open = readdirSync(platform.folder, { recursive: true, withFileTypes: true }).filter((entry) => {
      const { mode } = statSync(join(entry.parentPath, entry.name));
      return (mode & 0o077) !== 0;
    });

    expect(statSync(platform.folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(platform.folder, "secrets.json")).mode & 0o777).toBe(0o600);
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  it("listens to loopback's own address alone", async () => {
    for (const url of [platform.url, platform.objectsUrl]) {
      const { port } = new URL(url);
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBeLessThan(500);
      // Another address of the same machine, which a server on 0.0.0.0 would answer too.
      await expect(fetch(`http://127.0.0.2:${port}/`)).rejects.toThrow();
    }
  });

  it("leaves its data folder to no second one, and says who has it", async () => {
    const { code, output } = await runToEnd(["--data", platform.folder, "--port", String(await testPort())]);

    expect(code).toBe(2);
    expect(output).toContain(`data folder ${platform.folder} is in use by process ${platform.pid}: stop it, or start with another --data`);
    expect(await health(platform.url)).toBe("OK");
  });

  it("takes the next port where the one asked for is busy, and says so", async () => {
    const holder = createServer().listen(await testPort(), "127.0.0.1");
    await once(holder, "listening");
    const { port } = holder.address() as { port: number };
    const second = await startTestPlatform({ args: ["--port", String(port)] });

    expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
    expect(second.output()).toContain(`port ${port} is busy, taken instead: ${new URL(second.url).port}`);
    expect(await health(second.url)).toBe("OK");
    await second.stop();
    holder.close();
  });

  it.each([
    ["Ctrl-C", "SIGINT", 130],
    ["SIGTERM", "SIGTERM", 0],
  ] as const)("ends with all its children on %s", async (_title, signal, code) => {
    const children = descendants(platform.pid);

    expect(children.length).toBeGreaterThan(1);
    expect(await platform.kill(signal)).toBe(code);
    await expect.poll(() => running(children), { timeout: 5000 }).toEqual([]);
    await platform.restart();
  });

  it("leaves no child behind when it is killed, but for the table engine, which its next start ends", async () => {
    const children = descendants(platform.pid);

    await platform.kill("SIGKILL");
    await expect.poll(() => running(children).length, { timeout: 10_000 }).toBeLessThan(2);
    const left = running(children);
    await platform.restart();

    expect(running(left)).toEqual([]);
    expect(await health(platform.url)).toBe("OK");
  });

  it("keeps its secrets and its data over restarts", async () => {
    const { credentials } = platform;
    const created = await fetch(`${platform.url}/api/2.0/mlflow/experiments/create`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"name":"kept"}',
    });
    await platform.kill("SIGTERM");
    await platform.restart();

    expect(platform.credentials).toEqual(credentials);
    const found = await fetch(`${platform.url}/api/2.0/mlflow/experiments/get-by-name?experiment_name=kept`);
    expect(await found.json()).toMatchObject({ experiment: await created.json() });
  });
});

describe("a platform that cannot start", () => {
  const folder = mkdtempSync(join(tmpdir(), "capstan-refused-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    [["--host", "0.0.0.0"], "--host 0.0.0.0 is open to others and needs --auth"],
    [["--host", "::"], "--host :: is open to others and needs --auth"],
    [["--host", "192.168.1.1"], "needs --auth"],
    [["--port", "0"], "--port must be an integer from 1 to 65535, got 0"],
    [["--port", "x"], "--port must be an integer from 1 to 65535, got x"],
    [["--port", "70000"], "--port must be an integer from 1 to 65535, got 70000"],
    [["--colour", "red"], "--colour"],
    [["extra"], "extra"],
  ])("says why it refuses %j, and makes nothing", async (args, message) => {
    const data = join(folder, "data");
    const { code, output } = await runToEnd(["--data", data, ...args]);

    expect([code, output.includes(message), output.includes("    at ")]).toEqual([2, true, false]);
    expect(existsSync(data)).toBe(false);
  });

  it("shows how it is used", async () => {
    const { code, output } = await runToEnd(["--help"]);

    expect(code).toBe(0);
    expect(output).toContain("Usage: npm start");
  });
});
