import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import { beforeAll, describe, expect, it } from "vitest";
import { acknowledged } from "#infra/acknowledged.ts";
import { anApp } from "./synthesis.ts";

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly { readonly ruleName: string; readonly violatingConstructs: readonly { readonly constructPath: string }[] }[];
  }[];
}
interface Finding {
  readonly rule: string;
  readonly at: string;
}

/** What AwsSolutions and Serverless find in the stacks as they are by default. */
async function findings(): Promise<Finding[]> {
  const { app, folder } = await anApp();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  // Findings fail synthesis; the report is written all the same.
  expect(() => app.synth()).toThrow();
  const report = JSON.parse(readFileSync(join(folder, "validation-report.json"), "utf8")) as Report;
  rmSync(folder, { recursive: true });
  return report.pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) => violatingConstructs.map(({ constructPath }) => ({ rule: ruleName, at: constructPath }))),
  );
}

describe("what cdk-nag finds", () => {
  let found: Finding[];
  beforeAll(async () => {
    found = await findings();
  });

  it("is acknowledged, each finding with its reason", () => {
    const unexplained = found.filter(({ rule, at }) => !acknowledged.some((one) => one.finding.test(rule) && one.at.test(at)));

    expect(found.length).toBeGreaterThan(0);
    expect(unexplained).toEqual([]);
  });

  it("is still there for every acknowledgement", () => {
    const idle = acknowledged.filter((one) => !found.some(({ rule, at }) => one.finding.test(rule) && one.at.test(at)));

    expect(idle).toEqual([]);
  });

  it("needs few acknowledgements, each with more than a word of reason", () => {
    expect(acknowledged.length).toBeLessThanOrEqual(15);
    for (const { reason } of acknowledged) expect(reason.length).toBeGreaterThan(40);
  });
});
