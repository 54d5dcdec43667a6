import { readFile } from "node:fs/promises";
import { ListModelsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";

let platform: TestPlatform;
let client: SageMakerClient;
let token: string | undefined;
beforeAll(async () => {
  platform = await startTestPlatform({ args: ["--auth"] });
  client = new SageMakerClient({ endpoint: platform.url, region: "us-east-1", credentials: platform.credentials, maxAttempts: 1 });
  client.middlewareStack.add(
    (next) => async (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      if (token !== undefined) headers["authorization"] = `Bearer ${token}`;
      return next(args);
    },
    { step: "finalizeRequest", priority: "low" },
  );
});
afterAll(async () => {
  client.destroy();
  await platform.stop();
});

const target = (headers: Record<string, string>) =>
  fetch(platform.url, {
    method: "POST",
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": "SageMaker.ListModels", ...headers },
    body: "{}",
  });

describe("SageMaker's operations where the platform asks for tokens", () => {
  it("are refused to a caller with a signature alone, in a form that AWS's clients read", async () => {
    await expect(client.send(new ListModelsCommand({}))).rejects.toMatchObject({
      name: "UnrecognizedClientException",
      message: expect.stringMatching(/bearer token/),
    });
  });

  it("are answered to one with a token", async () => {
    token = (await readFile(platform.tokenFile ?? "", "utf8")).trim();

    expect(await client.send(new ListModelsCommand({}))).toMatchObject({ Models: [] });
  });

  it("are refused to other people's pages, whatever they hold", async () => {
    const response = await target({ authorization: `Bearer ${token}`, origin: "https://evil.example" });

    expect(response.status).toBe(403);
  });

  it("are the only ones at this address", async () => {
    const response = await target({ authorization: `Bearer ${token}`, "x-amz-target": "AWSStepFunctions.ListStateMachines" });

    expect([response.status, response.headers.get("x-amzn-errortype")]).toEqual([400, "UnknownOperationException"]);
  });
});
