import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guides, runGuide } from "#test/support/guide.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { pythonPath } from "#test/support/python.ts";

describe.each(guides("python"))("$file", (guide) => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform({ args: guide.startArgs, env: { CAPSTAN_PYTHON: pythonPath } });
  });
  afterAll(() => platform.stop());

  it("does what it says, each command as written", async () => {
    await expect(runGuide(guide, platform)).resolves.toBeUndefined();
  });
});
