import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { GetServiceQuotaCommand, ListServiceQuotasCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, it } from "vitest";
import { type AccountOptions, checkAccount } from "../../../scripts/doctor/account.ts";
import { exitCodeOf } from "../../../scripts/doctor/report.ts";

const sts = mockClient(STSClient);
const cloudFormation = mockClient(CloudFormationClient);
const quotas = mockClient(ServiceQuotasClient);
const now = Date.UTC(2026, 10, 21);
const failure = (name: string, message = name) => Object.assign(new Error(message), { name });

const toolkit = (version: string) => ({
  Stacks: [
    {
      StackName: "CDKToolkit",
      CreationTime: new Date(),
      StackStatus: "CREATE_COMPLETE" as const,
      Outputs: [{ OutputKey: "BootstrapVersion", OutputValue: version }],
    },
  ],
});
const value = (Value: number) => ({ Quota: { Value } });

beforeEach(() => {
  for (const service of [sts, cloudFormation, quotas]) service.reset();
  sts.on(GetCallerIdentityCommand).resolves({ Arn: "arn:aws:sts::111122223333:assumed-role/deployer/me", Account: "111122223333" });
  cloudFormation.on(DescribeStacksCommand).resolves(toolkit("30"));
  quotas.on(GetServiceQuotaCommand, { QuotaCode: "L-B99A9384" }).resolves(value(1000));
  quotas.on(GetServiceQuotaCommand, { QuotaCode: "L-DB2E81BA" }).resolves(value(8));
  quotas
    .on(ListServiceQuotasCommand)
    .resolvesOnce({ Quotas: [{ QuotaName: "ml.m5.large for endpoint usage", Value: 2 }], NextToken: "next" })
    .resolves({ Quotas: [{ QuotaName: "ml.m5.xlarge for training job usage", Value: 1 }] });
});

async function check(options: Partial<AccountOptions> = {}) {
  const findings = await checkAccount({ region: "eu-central-1", gpu: true, serverTime: async () => new Date(now), now: () => now, ...options });
  return { findings, of: (name: string) => findings.find((finding) => finding.check === name), exitCode: exitCodeOf(findings) };
}

describe("the checks of an account", () => {
  it("all pass where the account is ready", async () => {
    const { findings, exitCode } = await check();

    expect(findings.map(({ check: name, status }) => [name, status])).toEqual([
      ["identity", "ok"],
      ["region", "ok"],
      ["clock", "ok"],
      ["bootstrap", "ok"],
      ["Lambda concurrency", "ok"],
      ["SageMaker endpoints", "ok"],
      ["SageMaker training", "ok"],
      ["GPU instances", "ok"],
    ]);
    expect(exitCode).toBe(0);
  });

  it("are left out, and said to be, where there are no credentials", async () => {
    sts.on(GetCallerIdentityCommand).rejects(failure("CredentialsProviderError", "Could not load credentials from any providers"));

    const { findings, exitCode } = await check();

    expect(findings).toEqual([
      { check: "account", status: "skipped", found: expect.stringContaining("no credentials"), fix: expect.stringContaining("AWS_PROFILE") },
    ]);
    expect([exitCode, cloudFormation.calls().length, quotas.calls().length]).toEqual([0, 0, 0]);
  });

  it.each([
    [failure("ExpiredToken"), "aws sso login"],
    [failure("CredentialsProviderError", "The SSO session associated with this profile has expired"), "aws sso login"],
    [Object.assign(failure("Error", "getaddrinfo ENOTFOUND sts.eu-central-1.amazonaws.com"), { code: "ENOTFOUND" }), "HTTPS_PROXY"],
    [failure("InvalidClientTokenId"), "AWS_PROFILE"],
  ])("tell what to do about %s", async (error, fix) => {
    sts.on(GetCallerIdentityCommand).rejects(error);

    const { findings, exitCode } = await check();

    expect(findings).toEqual([expect.objectContaining({ check: "identity", status: "fail", fix: expect.stringContaining(fix) })]);
    expect(exitCode).toBe(1);
  });

  it("warn of the root user", async () => {
    sts.on(GetCallerIdentityCommand).resolves({ Arn: "arn:aws:iam::111122223333:root" });

    expect((await check()).of("identity")).toMatchObject({ status: "warn" });
  });

  it.each([
    [10, "ok"],
    [60, "warn"],
    [-400, "fail"],
  ])("judge a clock that is %i seconds off", async (seconds, status) => {
    expect((await check({ serverTime: async () => new Date(now - seconds * 1000) })).of("clock")).toMatchObject({ status });
  });

  it("name the command that bootstraps this account and region", async () => {
    const fix = "npx cdk bootstrap aws://111122223333/eu-central-1";
    cloudFormation.on(DescribeStacksCommand).rejects(failure("ValidationError", "Stack with id CDKToolkit does not exist"));
    expect((await check()).of("bootstrap")).toMatchObject({ status: "fail", fix });

    cloudFormation.on(DescribeStacksCommand).resolves(toolkit("5"));
    expect((await check()).of("bootstrap")).toMatchObject({ status: "fail", found: "version 5, needed is 6 or later", fix });

    cloudFormation.on(DescribeStacksCommand).rejects(failure("AccessDenied"));
    expect((await check()).of("bootstrap")).toMatchObject({ status: "warn" });
  });

  it("find the quotas of a new account", async () => {
    quotas.on(GetServiceQuotaCommand).resolves(value(10));
    quotas.on(GetServiceQuotaCommand, { QuotaCode: "L-DB2E81BA" }).resolves(value(0));
    quotas.on(ListServiceQuotasCommand).resolves({ Quotas: [{ QuotaName: "ml.m5.large for endpoint usage", Value: 0 }] });

    const { of, exitCode } = await check();

    expect(of("Lambda concurrency")).toMatchObject({ status: "warn", found: "10 at once, as new accounts have", fix: expect.stringContaining("L-B99A9384") });
    expect(of("SageMaker endpoints")).toMatchObject({ status: "warn", fix: expect.stringContaining("ml.m5.large for endpoint usage") });
    expect(of("SageMaker training")).toMatchObject({ status: "warn" });
    expect(of("GPU instances")).toMatchObject({ status: "fail" });
    expect(exitCode).toBe(1);
  });

  it("ask for GPU instances only where the deployment has the GPU service", async () => {
    expect((await check({ gpu: false })).of("GPU instances")).toBeUndefined();
  });

  it("say which permission is missing", async () => {
    quotas.on(GetServiceQuotaCommand).rejects(failure("AccessDeniedException"));
    quotas.on(ListServiceQuotasCommand).rejects(failure("AccessDeniedException"));

    const { findings, exitCode } = await check();

    expect(findings.filter(({ fix }) => fix?.includes("servicequotas:GetServiceQuota")).map(({ check: name, status }) => `${name} ${status}`)).toEqual([
      "Lambda concurrency warn",
      "SageMaker endpoints warn",
      "SageMaker training warn",
      "GPU instances warn",
    ]);
    expect(exitCode).toBe(0);
  });
});
