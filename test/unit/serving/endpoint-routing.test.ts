import { describe, expect, it } from "vitest";
import { drawVariant, stickyVariant } from "#core/serving/choose-variant.ts";
import { anEndpoint, anInference, aVariant } from "#test/support/inference.ts";
import { linearModel } from "#test/support/onnx-model.ts";

const one = linearModel([0, 0], 1);
const two = linearModel([0, 0], 2);
const three = linearModel([0, 0], 3);
const path = "/v2/models/churn/infer";
const body = { inputs: [{ name: "x", datatype: "FP32", shape: [1, 2], data: [1, 2] }] };

const pair = (weight: number) => [
  { name: "a", weight: 1 - weight },
  { name: "b", weight },
];

describe("weights", () => {
  it("share draws out exactly: each variant owns an interval as wide as its weight", () => {
    const variants = [...pair(0.25), { name: "off", weight: 0 }];
    const chosen = Array.from({ length: 1_000 }, (_, index) => drawVariant(variants, index / 1_000)?.name);

    expect(chosen.filter((name) => name === "a")).toHaveLength(750);
    expect(chosen.filter((name) => name === "b")).toHaveLength(250);
    expect(drawVariant([{ name: "off", weight: 0 }], 0.5)).toBeUndefined();
    expect(drawVariant([...variants], 0.999_999_999_999)?.name).toBe("b");
  });

  it("give sticky keys the same variant always, in shares of the weights", () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `customer-${index}`);

    const chosen = keys.map((key) => stickyVariant("churn", pair(0.1), key)?.name);

    expect(keys.map((key) => stickyVariant("churn", pair(0.1), key)?.name)).toEqual(chosen);
    // Five standard deviations of a binomial share: sqrt(20,000 * 0.1 * 0.9) = 42.
    expect(Math.abs(chosen.filter((name) => name === "b").length - 2_000)).toBeLessThan(5 * 42.5);
  });

  it("move no sticky key but from the variant that shrank to the one that grew", () => {
    const keys = Array.from({ length: 5_000 }, (_, index) => `customer-${index}`);
    const moves = keys.map((key) => `${stickyVariant("churn", pair(0.1), key)?.name}${stickyVariant("churn", pair(0.25), key)?.name}`);

    expect(new Set(moves)).toEqual(new Set(["aa", "ab", "bb"]));
    expect(moves.filter((move) => move === "ab").length / keys.length).toBeCloseTo(0.15, 1);
  });

  it("differ from endpoint to endpoint, so that one key is not the canary everywhere", () => {
    const keys = Array.from({ length: 2_000 }, (_, index) => `customer-${index}`);
    const both = keys.filter((key) => stickyVariant("x", pair(0.1), key)?.name === "b" && stickyVariant("y", pair(0.1), key)?.name === "b");

    expect(both.length).toBeLessThan(60);
  });
});

describe("an endpoint's server", () => {
  const answering = () => {
    const server = anInference([one, two, three]);
    const score = async (headers = {}) => {
      const reply = await server.ask({ path, headers, body });
      return reply.body.outputs?.[0].data[0] ?? reply.body.error;
    };
    return { ...server, score };
  };

  it("routes by draw, by key and by name", async () => {
    const { endpoints, state, score } = answering();
    const variants = [aVariant(one, { name: "a", weight: 0.9 }), aVariant(two, { name: "b", modelVersion: "2", weight: 0.1 })];
    endpoints.set("churn", anEndpoint(variants));

    state.draw = 0.899;
    expect(await score()).toBe(1);
    state.draw = 0.901;
    expect(await score()).toBe(2);
    expect(await score({ "x-amzn-sagemaker-target-variant": "a" })).toBe(1);
    endpoints.set("churn", anEndpoint(variants, { assignment: { mode: "sticky" }, revision: 2 }));
    state.clock = 60_000;
    const byKey = async () => Promise.all(Array.from({ length: 30 }, (_, index) => score({ "x-capstan-key": `k${index}` })));
    expect(await byKey()).toEqual(await byKey());
    expect(new Set(await byKey())).toEqual(new Set([1, 2]));
  });

  it("takes the sticky key from a column where the endpoint names one", async () => {
    const { endpoints, ask } = answering();
    const variants = [aVariant(one, { name: "a", weight: 0.5 }), aVariant(two, { name: "b", weight: 0.5 })].map((variant) => ({
      ...variant,
      signature: {
        inputs: [{ name: "x", datatype: "FP32" as const, shape: [-1, 2], columns: ["u", "v"] }],
        outputs: [{ name: "score", datatype: "FP32" as const, shape: [-1, 1] }],
        featureNames: ["u", "v"],
        target: "t",
        problem: "regression" as const,
      },
    }));
    endpoints.set("churn", anEndpoint(variants, { assignment: { mode: "sticky", field: "customer" } }));
    const forCustomer = async (customer: number) => (await ask({ path: "/predict/churn", body: { rows: [{ u: 1, v: 2, customer }] } })).body.variant;

    const first = await Promise.all(Array.from({ length: 20 }, (_, customer) => forCustomer(customer)));
    const again = await Promise.all(Array.from({ length: 20 }, (_, customer) => forCustomer(customer)));

    expect(again).toEqual(first);
    expect(new Set(first)).toEqual(new Set(["a", "b"]));
  });

  it("asks the source once for many requests, and follows a change behind the request that notices it", async () => {
    const { endpoints, state, score } = answering();
    endpoints.set("churn", anEndpoint([aVariant(one)]));

    await Promise.all(Array.from({ length: 50 }, () => score()));
    expect(state).toMatchObject({ lookups: 1, loads: 1 });
    endpoints.set("churn", anEndpoint([aVariant(two)], { revision: 2 }));
    state.clock = 1_500;
    expect(await score()).toBe(1);
    await expect.poll(score).toBe(2);
    expect(state).toMatchObject({ lookups: 2, loads: 2 });
  });

  it("goes on while the tables are down, for as long as that lasts, and after a restart too", async () => {
    const { endpoints, state, score, folder } = answering();
    endpoints.set("churn", anEndpoint([aVariant(one)]));
    await score();
    state.down = true;

    for (const hours of [0.1, 1, 100]) {
      state.clock = hours * 3_600_000;
      expect(await score()).toBe(1);
    }
    const restarted = anInference([one], folder);
    restarted.state.down = true;
    const reply = await restarted.ask({ path, body });

    expect(reply.body.outputs[0].data).toEqual([1]);
    expect((await restarted.ask({ path: "/v2/models/other/infer", body })).status).toBe(503);
  });

  it("refuses a revoked version as soon as it sees that, and remembers it over a restart without tables", async () => {
    const { endpoints, state, score, folder } = answering();
    const revoked = { at: 1, by: "security", reason: "trained on stolen data" };
    endpoints.set("churn", anEndpoint([aVariant(one)]));
    await score();
    endpoints.set("churn", anEndpoint([aVariant(one, { revoked })], { revision: 2 }));
    state.clock = 1_500;
    await score();

    await expect.poll(score).toBe("model version churn/1 of endpoint churn was revoked: trained on stolen data");
    const afterRestart = async () => {
      const restarted = anInference([one], folder);
      restarted.state.down = true;
      return (await restarted.ask({ path, body })).status;
    };
    await expect.poll(afterRestart).toBe(404);
  });

  it("gives a revoked variant's traffic to the others", async () => {
    const { endpoints, score } = answering();
    endpoints.set(
      "churn",
      anEndpoint([aVariant(one, { name: "a", weight: 0.9, revoked: { at: 1, by: "x", reason: "y" } }), aVariant(two, { name: "b", weight: 0.1 })]),
    );

    expect(await score()).toBe(2);
    expect(await score({ "x-amzn-sagemaker-target-variant": "a" })).toContain("was revoked: y");
  });

  it("forgets a deleted endpoint, also on disk", async () => {
    const { endpoints, state, score, folder } = answering();
    endpoints.set("churn", anEndpoint([aVariant(one)]));
    await score();
    endpoints.delete("churn");
    state.clock = 1_500;
    await score();

    await expect.poll(score).toBe("endpoint churn not found");
    const restarted = anInference([one], folder);
    restarted.state.down = true;
    expect((await restarted.ask({ path, body })).status).toBe(503);
  });

  it("answers from the other variant when one cannot be loaded, and counts that against the broken one", async () => {
    const { endpoints, state, score, counts } = answering();
    const missing = aVariant(linearModel([9], 9), { name: "b", modelVersion: "2", weight: 0.5 });
    endpoints.set("churn", anEndpoint([aVariant(one, { name: "a", weight: 0.5 }), missing]));
    state.draw = 0.9;

    expect(await score()).toBe(1);
    expect(await score({ "x-amzn-sagemaker-target-variant": "b" })).toMatch(/^model version churn\/2 cannot be loaded/);
    expect(await counts("b")).toMatchObject({ requests: 2, errors: 2 });
    expect(await counts("a")).toMatchObject({ requests: 1, errors: 0 });
    expect(state.loads).toBe(2);
  });

  it("asks the source no more than once in a while for a name that does not exist", async () => {
    const { state, score, ask } = answering();

    for (let index = 0; index < 20; index++) expect(await score()).toBe("endpoint churn not found");
    for (let index = 0; index < 600; index++) await ask({ path: `/v2/models/wrong-${index}/infer`, body });

    expect(state.lookups).toBe(601);
  });
});
