import { execFile } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pythonPath } from "#test/support/python.ts";
import { anApp } from "./synthesis.ts";

interface Match {
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Filename: string;
}

/** All that the linter says, errors and warnings. It ends with another code than 0 when it says anything. */
const lint = (files: readonly string[]) =>
  new Promise<Match[]>((resolve, reject) => {
    const args = [
      "-c",
      "import sys; from cfnlint.runner import main; sys.exit(main())",
      "--format",
      "json",
      "--ignore-checks",
      "W3005",
      "--template",
      ...files,
    ];
    execFile(pythonPath, args, { maxBuffer: 1e8, timeout: 100_000 }, (error, stdout) => {
      if (stdout.trim() === "") reject(error ?? new Error("cfn-lint said nothing"));
      else resolve(JSON.parse(stdout) as Match[]);
    });
  });

/**
 * Two things that the linter does not know: W3005, an explicit dependency on a role beside the implicit one, is CDK's way to wait for its
 * policies; and `TimeoutSeconds` may be a JSONata expression (Amazon States Language, "Timeouts", and a machine that has one is deployed).
 */
const isKnown = ({ Rule, Message }: Match) => Rule.Id === "E3601" && /^'\{% .* %\}' is not of type 'number' at 'States\/\w+\/TimeoutSeconds'$/.test(Message);

/** With strong references: the linter does not know `Fn::GetStackOutput` of weak ones. */
async function problems(config: object): Promise<string[]> {
  const { app, folder } = await anApp(config, { "@aws-cdk/core:defaultCrossStackReferences": "strong" });
  app.synth();
  const files = readdirSync(folder).filter((name) => name.endsWith(".template.json"));
  const matches = await lint(files.map((name) => join(folder, name)));
  rmSync(folder, { recursive: true });
  return matches.filter((match) => !isKnown(match)).map(({ Rule, Message, Filename }) => `${Filename.split("/").at(-1)} ${Rule.Id} ${Message}`);
}

describe("the templates", () => {
  it("leave cfn-lint nothing to say by default", async () => {
    expect(await problems({})).toEqual([]);
  });

  it("leave cfn-lint nothing to say with every knob turned", async () => {
    const everything = {
      stage: "prod",
      region: "eu-central-1",
      customerManagedKey: true,
      auth: { kind: "jwt", issuer: "https://idp.example.com/", audience: ["capstan"] },
      corsOrigins: ["https://notebooks.example.com"],
      domain: { name: "ml.example.com", certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/a" },
      gpu: true,
      servingImageTag: "1",
      alarmEmail: "ops@example.com",
      monthlyBudgetUsd: 40,
    };

    expect(await problems(everything)).toEqual([]);
  });
});
