import { readFileSync, statSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { fieldsOf, operations, requestOf } from "./operations.ts";
import { faults } from "./refusals.ts";
import { json, send } from "./send.ts";

let platform: TestPlatform;
let token: string;
beforeAll(async () => {
  platform = await startTestPlatform({ args: ["--auth"] });
  token = readFileSync(platform.tokenFile ?? "", "utf8").trim();
});
afterAll(async () => {
  await platform?.stop();
});

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
const status = async (authorization: string | undefined, path = "/capstan/v1/tokens") =>
  (await send(platform.url, { path, ...(authorization !== undefined && { headers: { authorization } }) })).status;

describe("a platform that asks for tokens", () => {
  it("refuses every operation without one, in its surface's form, but for those that are open", async () => {
    const answered: string[] = [];

    for (const { title, surface, route } of operations) {
      const answer = await send(platform.url, requestOf(route, fieldsOf(route, {})));
      if (answer.status !== 401) answered.push(`${title}: ${answer.status}`);
      else expect([title, faults(surface, answer), answer.headers["www-authenticate"]]).toEqual([title, [], expect.stringMatching(/^Bearer .*Basic /)]);
    }

    expect(operations.length).toBeGreaterThan(140);
    expect(answered.map((line) => line.replace(/: \d+$/, "")).toSorted()).toEqual(
      operations
        .filter(({ route }) => route.open === true)
        .map(({ title }) => title)
        .toSorted(),
    );
    expect(answered.length).toBeLessThan(10);
  });

  it("says no less about addresses that do not exist than about those that do", async () => {
    expect(await status(undefined, "/api/2.0/mlflow/nothing")).toBe(401);
    expect(await status(undefined, "/capstan/v1/nothing")).toBe(401);
  });

  it("takes a token as bearer, and as the password of any user", async () => {
    expect(await status(`Bearer ${token}`)).toBe(200);
    expect(await status(`bearer ${token}`)).toBe(200);
    expect(await status(basic("anyone", token))).toBe(200);
  });

  it("takes nothing that is close to a token", async () => {
    const wrong = [
      undefined,
      "",
      "Bearer",
      "Bearer ",
      `Bearer ${token}x`,
      `Bearer ${token.slice(0, -1)}`,
      `Bearer ${token.toUpperCase()}`,
      token,
      basic(token, ""),
      basic("admin", "admin"),
      basic("", ""),
      "Basic !!!",
      `Digest ${token}`,
      `Bearer ${"x".repeat(5000)}`,
      "Bearer undefined",
      "Bearer null",
    ];

    for (const authorization of wrong) expect([authorization?.slice(0, 60), await status(authorization)]).toEqual([authorization?.slice(0, 60), 401]);
  });

  it("issues tokens, records who used them, and takes them back", async () => {
    const admin = { ...json, authorization: `Bearer ${token}` };
    const issued = await send(platform.url, { method: "POST", path: "/capstan/v1/tokens", headers: admin, body: '{"principal":"robot"}' });
    const { secret, token: made } = JSON.parse(issued.text) as { secret: string; token: { tokenId: string } };

    expect(await status(`Bearer ${secret}`)).toBe(200);
    const removed = await send(platform.url, { method: "DELETE", path: `/capstan/v1/tokens/${made.tokenId}`, headers: admin });
    expect(removed.status).toBe(200);
    expect(await status(`Bearer ${token}`)).toBe(200);
    const list = await send(platform.url, { path: "/capstan/v1/tokens", headers: admin });
    expect(list.text).not.toContain(secret);
    expect(list.text).not.toContain(made.tokenId);
    await expect.poll(() => status(`Bearer ${secret}`), { timeout: 70_000, interval: 500 }).toBe(401);
  });

  it("keeps the first token in a file that only its owner reads, over restarts", async () => {
    expect(statSync(platform.tokenFile ?? "").mode & 0o777).toBe(0o600);

    await platform.kill("SIGTERM");
    await platform.restart();

    expect(readFileSync(platform.tokenFile ?? "", "utf8").trim()).toBe(token);
    expect(await status(`Bearer ${token}`)).toBe(200);
  });
});
