import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { pythonPath } from "#test/support/python.ts";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Each script's steps are its tests, named in the script: `@step("...")`. */
const scripts = ["tracking_steps.py", "artifact_steps.py", "search_steps.py", "registry_steps.py", "refusal_steps.py", "autolog_steps.py", "trash_steps.py"];
const stepsIn = (script: string) => [...readFileSync(here(script), "utf8").matchAll(/^@step\("(.+)"\)$/gm)].map(([, name = ""]) => name);

interface Outcome {
  readonly step: string;
  readonly failure?: string;
}

const outcomesIn = (output: string): Outcome[] =>
  output
    .split("\n")
    .filter((line) => line.startsWith('{"step": '))
    .map((line) => JSON.parse(line) as Outcome);

describe("MLflow's own client against the whole platform", () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await startTestPlatform();
  });
  afterAll(async () => {
    await platform?.stop();
  });

  describe.each(scripts)("%s", (script) => {
    let outcomes: Map<string, Outcome>;

    beforeAll(async () => {
      const { stdout } = await promisify(execFile)(pythonPath, [here(script), platform.url], { maxBuffer: 1e8 });
      outcomes = new Map(outcomesIn(stdout).map((outcome) => [outcome.step, outcome]));
    });

    it.each(stepsIn(script))("%s", (name) => {
      expect(outcomes.get(name)).toEqual({ step: name });
    });
  });

  it("runs the example that its users are shown", async () => {
    const { stdout } = await promisify(execFile)(pythonPath, [here("../../../docs/examples/track_a_run.py")], {
      env: { ...process.env, MLFLOW_TRACKING_URI: platform.url, MLFLOW_DISABLE_TELEMETRY: "true" },
    });

    expect(stdout).toMatch(/^accuracy 0\.9\d+$/m);
  });

  it("meets no defect on the way", () => {
    expect(platform.output()).not.toContain('"defect"');
  });
});
