import { describe, expect, it } from "vitest";
import { inputSchema } from "#contracts/platform/schemas.ts";
import { TrainingRequest } from "#contracts/platform/training-request.ts";
import { pathText, refusalsByField, skeleton, withValue } from "../../../web/src/forms/document.ts";
import { alternativeOf, alternativesOf, constantsOf, kindOf, resolved, type Schema, startOf } from "../../../web/src/forms/schema.ts";
import { plainRequest } from "../../support/pipelines.ts";

const root = inputSchema("TrainingRequest") as Schema;
const request = resolved(root, root);
const at = (...names: readonly string[]): Schema => names.reduce((schema, name) => resolved(schema.properties?.[name] ?? {}, root), request);

describe("the schema of a training request", () => {
  it("is served whole: every field of the contract, with its default", () => {
    expect(Object.keys(request.properties ?? {}).toSorted()).toEqual(Object.keys(TrainingRequest.shape).toSorted());
    expect(at("rollout", "bakeSeconds").default).toBe(300);
  });

  it("has a control for every kind of field", () => {
    const kind = (...names: readonly string[]) => kindOf(at(...names), root);

    expect(kind("pipeline")).toBe("text");
    expect(kind("problem")).toBe("choice");
    expect(kind("cache")).toBe("switch");
    expect(kind("ignoredColumns")).toBe("lines");
    expect(kind("rollout", "steps")).toBe("lines");
    expect(kind("rollout", "guardrails")).toBe("object");
    expect(kind("dataset", "contract")).toBe("object");
    expect(kind("dataset", "contract", "columns")).toBe("list");
    expect(kind("approval")).toBe("alternatives");
    expect(kind("training")).toBe("alternatives");
  });

  it("knows an alternative by its constants, also where the document leaves a default unsaid", () => {
    const trainers = alternativesOf(at("training"), root);

    expect(trainers.map(constantsOf)).toEqual([{ trainer: "built-in" }, { trainer: "script" }]);
    expect(alternativeOf(trainers, { trainer: "script" })).toBe(1);
    expect(alternativeOf(trainers, { algorithm: "linear" })).toBe(0);
  });
});

describe("the schema of a monitor", () => {
  const monitor = inputSchema("MonitorDefinition") as Schema;
  const references = alternativesOf(resolved(resolved(monitor, monitor).properties?.["reference"] ?? {}, monitor), monitor);

  it("knows alternatives without constants by their members, and begins each so that it is known again", () => {
    expect([{ dataset: "a", version: "1" }, { uri: "s3://a/b" }, { captured: {} }, {}].map((value) => alternativeOf(references, value))).toEqual([0, 1, 2, 0]);
    expect(references.map((one) => startOf(one, monitor))).toEqual([{ dataset: "", version: "" }, { uri: "" }, { captured: {} }]);
    expect(references.map((one) => alternativeOf(references, startOf(one, monitor)))).toEqual([0, 1, 2]);
  });
});

describe("a document that is filled in", () => {
  it("begins with the objects that must be there", () => {
    expect(skeleton(root, root)).toEqual({ dataset: {} });
  });

  it("takes values at their places and loses those that are emptied", () => {
    const filled = withValue(withValue({ dataset: {} }, ["dataset", "name"], "a"), ["rollout", "steps"], [0.1]);

    expect(filled).toEqual({ dataset: { name: "a" }, rollout: { steps: [0.1] } });
    expect(withValue(filled, ["dataset", "name"], undefined)).toEqual({ dataset: {}, rollout: { steps: [0.1] } });
    expect(withValue({ columns: [{ a: 1 }, { a: 2 }] }, ["columns", 0], undefined)).toEqual({ columns: [{ a: 2 }] });
  });

  it("is a request once the required fields are there", () => {
    const filled = Object.entries(plainRequest).reduce<unknown>((document, [name, value]) => withValue(document, [name], value), skeleton(root, root));

    expect(TrainingRequest.safeParse(filled).success).toBe(true);
  });
});

describe("a refusal", () => {
  it("is shown at the fields that it names", () => {
    const refusals = refusalsByField(
      'request.dataset.name: is required; request.rollout.steps[1]: must be less than 1, got 2; name: must be short, got "x"',
      "request",
    );

    expect([...refusals]).toEqual([
      ["dataset.name", "is required"],
      ["rollout.steps[1]", "must be less than 1, got 2"],
      ["name", 'must be short, got "x"'],
    ]);
    expect(pathText(["rollout", "steps", 1])).toBe("rollout.steps[1]");
  });
});
