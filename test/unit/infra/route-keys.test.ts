import { describe, expect, it } from "vitest";
import * as z from "zod";
import { defineFunction } from "#contracts/function-spec.ts";
import { defineContract, type Route } from "#contracts/route.ts";
import { functions } from "#infra/inventory.ts";
import { routeKeys } from "#infra/route-keys.ts";
import { routeMatcher } from "#runtime/match-route.ts";

type Given = Pick<Route, "path"> & Partial<Route>;

const route = (given: Given): Route => ({ method: "GET", summary: "", request: z.object({}), response: z.object({}), errors: [], ...given });

const aFunction = (name: string, routes: readonly Given[], server = false) =>
  defineFunction({
    name,
    summary: "",
    server,
    contracts: [
      defineContract({ name, surface: "platform", summary: "", routes: Object.fromEntries(routes.map((given, index) => [`r${index}`, route(given)])) }),
    ],
  });

const paths = (specs: Parameters<typeof routeKeys>[0]) => routeKeys(specs).map(({ path, functionName }) => `${path} ${functionName}`);

describe("routes of the HTTP API", () => {
  it("are one greedy route for a resource, and one for its root", () => {
    const things = aFunction("things", [{ path: "/capstan/v1/things" }, { path: "/capstan/v1/things/{id}" }, { path: "/capstan/v1/things/{id}/parts" }]);

    expect(paths([things])).toEqual(["/capstan/v1/things things", "/capstan/v1/things/{proxy+} things"]);
  });

  it("repeat what lies under /api under the prefix of MLflow's pages", () => {
    const runs = aFunction("runs", [{ path: "/api/2.0/mlflow/runs/get" }]);

    expect(paths([runs])).toEqual(["/ajax-api/2.0/mlflow/runs/{proxy+} runs", "/api/2.0/mlflow/runs/{proxy+} runs"]);
  });

  it("give a resource to the function with most operations there, and the others exact routes", () => {
    const few = aFunction("a-few", [{ path: "/capstan/v1/things/search" }]);
    const most = aFunction("most", [{ path: "/capstan/v1/things/get" }, { path: "/capstan/v1/things/put" }]);

    expect(paths([few, most])).toEqual(["/capstan/v1/things/{proxy+} most", "/capstan/v1/things/search a-few"]);
  });

  it("keep open operations apart, and nothing else is open", () => {
    const mixed = aFunction("mixed", [{ path: "/v2/health/live", open: true }, { path: "/v2/models/{name}" }]);

    expect(routeKeys([mixed])).toEqual([
      { path: "/v2/{proxy+}", functionName: "mixed", open: false },
      { path: "/v2/health/live", functionName: "mixed", open: true },
    ]);
  });

  it("leave to another function what a server answers in its containers too", () => {
    const server = aFunction(
      "server",
      [
        { path: "/health", open: true },
        { path: "/ping", open: true },
      ],
      true,
    );
    const front = aFunction("front", [{ path: "/health", open: true }]);

    expect(paths([server, front])).toEqual(["/health front", "/ping server"]);
  });

  it("refuse a path that two functions claim", () => {
    const clash = () => routeKeys([aFunction("a", [{ path: "/push", open: true }]), aFunction("b", [{ path: "/push", method: "POST", open: true }])]);

    expect(clash).toThrow("/push is claimed by a and by b");
  });

  it("refuse a path that would be both open and closed", () => {
    const clash = () =>
      routeKeys([
        aFunction("a", [
          { path: "/push", open: true },
          { path: "/push", method: "POST" },
        ]),
      ]);

    expect(clash).toThrow("/push is both open and closed");
  });

  const keys = routeKeys(functions);

  it("are fewer than a hundred, of API Gateway's three hundred", () => {
    expect(keys.length).toBeLessThan(100);
  });

  it("send every operation of every contract to the function that the laptop's gateway would ask", () => {
    const contracts = functions.flatMap((spec) => spec.contracts ?? []);
    const match = routeMatcher(contracts);
    const sample = (path: string) => path.replaceAll(/\{\w+\+\}/g, "a/b").replaceAll(/\{\w+\}/g, "x");

    for (const { method, path } of contracts.flatMap(({ routes }) => Object.values(routes))) {
      const found = match(method, sample(path));
      const owner = "contract" in found && functions.find((spec) => spec.contracts?.includes(found.contract))?.name;

      expect(keyFor(sample(path))?.functionName, `${method} ${path}`).toBe(owner);
    }
  });

  /** API Gateway's choice: a full match first, then the longest greedy one. */
  function keyFor(path: string) {
    const fits = (pattern: string) => {
      const parts = pattern.split("/").map((part) => (part.endsWith("+}") ? ".+" : part.startsWith("{") ? "[^/]+" : part.replaceAll(".", "\\.")));
      return new RegExp(`^${parts.join("/")}$`).test(path);
    };
    const rank = ({ path: pattern }: { path: string }) => (pattern.endsWith("+}") ? pattern.length : 1e6);
    return keys.filter((key) => fits(key.path)).toSorted((a, b) => rank(b) - rank(a))[0];
  }
});
