import { describe, expect, it } from "vitest";
import { modelVersionsContract as versions } from "#contracts/mlflow/model-versions.ts";
import { createHandler as registryHandler } from "#functions/mlflow-registry/handler.ts";
import { createHandler } from "#functions/register-model-version/handler.ts";
import { call } from "#test/support/call.ts";
import { aRegistryContext, loggedModelId, runId } from "#test/support/memory-registry.ts";

const registration = { registeredModel: "churn", source: "mlflow-artifacts:/1/r/artifacts/model", digest: "a".repeat(64) };

describe("registering a trained model", () => {
  it("makes the registered model and its first version", async () => {
    const ctx = aRegistryContext();

    const answered = await createHandler(ctx)({ ...registration, runId: "r", tags: { "capstan.execution": "e" }, description: "d" });

    expect(answered).toEqual({ name: "churn", version: 1 });
    const { body } = await call(registryHandler(ctx), versions, "getModelVersion", { name: "churn", version: "1" });
    expect(body.model_version).toMatchObject({
      run_id: "r",
      description: "d",
      tags: [
        { key: "capstan.digest", value: "a".repeat(64) },
        { key: "capstan.execution", value: "e" },
      ],
    });
    expect((await call(registryHandler(ctx), versions, "getDownloadUri", { name: "churn", version: "1" })).body.artifact_uri).toBe(registration.source);
  });

  it("answers the version that has the digest, also when asked many times at once", async () => {
    const register = createHandler(aRegistryContext());

    const answers = await Promise.all(Array.from({ length: 10 }, () => register(registration)));
    const other = await register({ ...registration, digest: "b".repeat(64) });
    const former = await register(registration);

    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"name":"churn","version":1}']));
    expect([other, former]).toEqual([
      { name: "churn", version: 2 },
      { name: "churn", version: 1 },
    ]);
  });

  it("finds the files of a logged model, and notes the version there once", async () => {
    const ctx = aRegistryContext();
    const register = createHandler(ctx);

    await register({ ...registration, source: `models:/${loggedModelId}` });
    await register({ ...registration, source: `models:/${loggedModelId}` });

    const { body } = await call(registryHandler(ctx), versions, "getModelVersion", { name: "churn", version: "1" });
    expect(body.model_version).toMatchObject({ source: `models:/${loggedModelId}`, model_id: loggedModelId, run_id: runId });
    expect((await call(registryHandler(ctx), versions, "getDownloadUri", { name: "churn", version: "1" })).body.artifact_uri).toMatch(/^mlflow-artifacts:/);
    expect(new Set(ctx.noted.map((note) => JSON.stringify(note))).size).toBe(1);
  });

  it.each([
    [{ source: "runs:/x/model" }, "source: must be like"],
    [{ source: "s3://b/../x" }, "source must not hold .."],
    [{ digest: "x" }, "digest: must be 8 to 200"],
    [{ registeredModel: "a/b" }, "registeredModel: must not hold /"],
    [{ tags: { k: 1 } }, "tags.k: "],
  ])("refuses %j", async (wrong, message) => {
    await expect(createHandler(aRegistryContext())({ ...registration, ...wrong })).rejects.toThrow(message);
  });
});
