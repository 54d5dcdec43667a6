import { describe, expect, it } from "vitest";
import { productionPackages } from "#test/support/production-packages.ts";
import packageJson from "../../../package.json" with { type: "json" };

describe("the production dependency tree", () => {
  it("has at most 80 packages, binaries for every platform included", () => {
    const packages = productionPackages();

    expect(packages.length).toBeLessThanOrEqual(80);
  });

  it("holds every dependency that package.json names, and no tool", () => {
    const packages = productionPackages();

    expect(packages).toEqual(expect.arrayContaining(Object.keys(packageJson.dependencies).map((name) => `node_modules/${name}`)));
    expect(packages).not.toEqual(expect.arrayContaining(["node_modules/vitest"]));
  });
});
