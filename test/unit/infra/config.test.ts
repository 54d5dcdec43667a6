import { describe, expect, it } from "vitest";
import { readConfig } from "#infra/config.ts";

describe("the configuration of a deployment", () => {
  it("has a default for every knob", () => {
    expect(readConfig(undefined)).toMatchObject({
      stage: "dev",
      retainData: true,
      logRetentionDays: 30,
      gpu: false,
      auth: { kind: "token", cacheSeconds: 60 },
    });
  });

  it("may come as JSON text, as the command line gives it", () => {
    expect(readConfig('{"stage":"prod"}').stage).toBe("prod");
  });

  it.each([
    [{ stagee: "prod" }, /Unrecognized key: "stagee"/],
    [{ stage: "Prod" }, /stage: must be 1 to 12 lower-case letters or digits, a letter first/],
    [{ logRetentionDays: 31 }, /logRetentionDays: /],
    [{ region: "Frankfurt" }, /region: must be like eu-central-1/],
    [{ auth: { kind: "jwt", issuer: "http://idp.example.com", audience: ["a"] } }, /auth\.issuer: /],
    [{ monthlyBudgetUsd: 10 }, /alarmEmail must be set where monthlyBudgetUsd is/],
    [{ gpu: true }, /servingImageTag must be set where gpu is on/],
    [{ customerManagedKey: true }, /region must be set where customerManagedKey is on/],
    ["{stage:prod}", /must be JSON, got \{stage:prod\}/],
  ])("refuses %j and says why", (given, message) => {
    expect(() => readConfig(given)).toThrow(message);
    expect(() => readConfig(given)).toThrow(/^context key capstan/);
  });

  it("names every knob that is wrong at once", () => {
    expect(() => readConfig({ stage: "", gpu: "yes" })).toThrow(/stage: .*gpu: /);
  });
});
