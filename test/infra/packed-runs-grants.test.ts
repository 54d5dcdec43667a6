import { beforeAll, describe, expect, it } from "vitest";
import { type Resource, resourcesOf, templatesOf } from "./synthesis.ts";

interface Role {
  readonly Description?: string;
  readonly Policies?: readonly {
    readonly PolicyDocument: { readonly Statement: readonly { readonly Action: string | readonly string[]; readonly Resource: unknown }[] };
  }[];
}

/** Where a function may read objects. */
function readableBy(resources: readonly Resource[], name: string): readonly string[] {
  const role = resources.map(({ Properties }) => Properties as Role | undefined).find((properties) => properties?.Description === `what ${name} may do`);
  const statements = (role?.Policies ?? []).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  return statements
    .filter(({ Action }) => [Action].flat().includes("s3:GetObject"))
    .flatMap(({ Resource }) => [Resource].flat().map((one) => JSON.stringify(one)));
}

describe("functions that search and pack runs", () => {
  let resources: Resource[];
  beforeAll(async () => {
    resources = resourcesOf(await templatesOf());
  });

  it.each(["mlflow-runs", "compact-runs"])("%s may read packed runs, and no file of a run or model", (name) => {
    expect(readableBy(resources, name)).toEqual([expect.stringMatching(/"\/blocks\/\*"/), expect.stringMatching(/"\/manifests\/\*"/)]);
  });

  it("differ in that from the function that serves files", () => {
    expect(readableBy(resources, "mlflow-artifacts")).toEqual([expect.stringMatching(/"\/\*"/)]);
  });
});
