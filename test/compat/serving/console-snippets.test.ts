import { execFile } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Door, httpDoor } from "#functions/inference/http-door.ts";
import { createInference } from "#functions/inference/inference.ts";
import { anEndpoint, anInference, aVariant } from "#test/support/inference.ts";
import { linearModel } from "#test/support/onnx-model.ts";
import { pythonPath } from "#test/support/python.ts";
import { snippets } from "../../../web/src/endpoints/snippets.ts";

const model = linearModel([2, 3], 1);
const signature = {
  inputs: [{ name: "x", datatype: "FP32" as const, shape: [-1, 2], columns: ["age of o'hara", "visits"] }],
  outputs: [{ name: "score", datatype: "FP32" as const, shape: [-1, 1] }],
  featureNames: ["age of o'hara", "visits"],
  target: "score",
  problem: "regression" as const,
};
const endpoint = anEndpoint([aVariant(model, { signature })], { name: "score" });
const run = promisify(execFile);

describe("the code that the console offers for an endpoint", () => {
  let door: Door;
  let origin: string;
  beforeAll(async () => {
    const { ctx, endpoints } = anInference([model]);
    endpoints.set("score", endpoint);
    door = httpDoor(createInference(ctx));
    door.server.listen(0, "127.0.0.1");
    await once(door.server, "listening");
    origin = `http://127.0.0.1:${(door.server.address() as AddressInfo).port}`;
  });
  afterAll(() => door.close());

  // The model adds 1 to what its features come to: a row of zeros is answered with 1 whoever asks.
  it.each([
    ["curl", /"predictions":\[1\]/],
    ["Python", /'predictions': \[1\]/],
    ["boto3", /\[1\]/],
    ["tritonclient", /'name': 'score'.*'shape': \[1, 1\]/],
  ])("runs as it stands: %s", async (client, answer) => {
    const code = snippets(endpoint, origin).find(([name]) => name === client)?.[1] ?? "";
    const env = { ...process.env, AWS_ACCESS_KEY_ID: "any", AWS_SECRET_ACCESS_KEY: "any" };

    const { stdout } = client === "curl" ? await run("sh", ["-c", code], { env }) : await run(pythonPath, ["-c", code], { env });

    expect(stdout).toMatch(answer);
  });
});
