import { Marked } from "marked";
import { describe, expect, it } from "vitest";
import { metricPairs, paramPairs } from "../../../web/src/models/champion-differences.ts";
import { modelCard } from "../../../web/src/models/model-card.ts";

type Facts = Parameters<typeof modelCard>[0];
const version = { name: "churn", version: "2", creation_timestamp: 0, tags: [], aliases: ["champion"] };
const bare = { version, model: undefined, run: undefined, signature: null, approvals: [], endpoints: [], revocation: undefined, digest: undefined };
const card = (facts: object) => modelCard({ ...bare, ...facts } as unknown as Facts);

describe("a model card", () => {
  it("marks what nobody stated, and hides no section", () => {
    const text = card({});

    expect(text.match(/^## .*$/gm)).toEqual([
      "## Intended use",
      "## This version",
      "## Facts",
      "## Data",
      "## Metrics",
      "## Parameters",
      "## Inputs and outputs",
      "## Approvals",
      "## Deployed",
    ]);
    expect(text.match(/_Not stated\._/g)).toHaveLength(7);
  });

  it("holds figures, data, reasons and places", () => {
    const run = {
      info: { run_id: "r", run_name: "first", user_id: "ann" },
      data: { metrics: [{ key: "auc", value: 0.98765 }], params: [{ key: "depth", value: "3" }] },
      inputs: { dataset_inputs: [{ dataset: { name: "sales", digest: "abc" }, tags: [] }] },
    };
    const approvals = [{ status: "approved", decidedBy: "bob", decidedAt: 0, reason: "better" }];
    const endpoints = [{ name: "live", variants: [{ name: "main", modelName: "churn", modelVersion: "2", weight: 0.25 }] }];

    const text = card({ run, approvals, endpoints, model: { description: "For shops." }, revocation: { by: "eve", reason: "leak" } });

    for (const line of ["For shops.", "| auc | 0.9877 |", "| depth | 3 |", "| sales | abc | - |", "| approved | bob | 1970-01-01T00:00:00.000Z | better |"])
      expect(text).toContain(line);
    expect(text).toContain("| live | main | 25 % |");
    expect(text).toContain("**Revoked** by eve: leak");
  });

  it("keeps names literal, whatever they hold", () => {
    const hostile = "a|b\n| c | <img src=x> [x](javascript:alert(1)) `d` **e**";
    const run = { info: { run_id: "r", run_name: hostile }, data: { metrics: [{ key: hostile, value: 1 }], params: [] }, inputs: {} };

    const html = new Marked().parse(card({ run }), { async: false, gfm: true });

    expect(html).toContain("a|b | c | &lt;img src=x&gt; [x](javascript:alert(1)) `d` **e**</td>");
    expect(html).not.toMatch(/<img|<a |<strong>|<code>/);
  });
});

describe("a version beside the champion", () => {
  const run = (metrics: Readonly<Record<string, number | string>>, params: Readonly<Record<string, string>>) =>
    ({
      data: {
        metrics: Object.entries(metrics).map(([key, value]) => ({ key, value })),
        params: Object.entries(params).map(([key, value]) => ({ key, value })),
      },
    }) as unknown as Parameters<typeof metricPairs>[0];

  it("differs in absolute terms and in terms of the champion's value, where both are numbers", () => {
    const pairs = metricPairs(run({ auc: 0.9, loss: "NaN", bias: 0.5, only: 1 }, {}), run({ auc: 0.8, loss: 2, bias: 0 }, {}));

    expect(pairs).toEqual([
      { key: "auc", ours: 0.9, theirs: 0.8, difference: expect.closeTo(0.1, 9), relative: expect.closeTo(0.125, 9) },
      { key: "bias", ours: 0.5, theirs: 0, difference: 0.5, relative: undefined },
      { key: "loss", ours: Number.NaN, theirs: 2, difference: Number.NaN, relative: undefined },
      { key: "only", ours: 1, theirs: undefined, difference: undefined, relative: undefined },
    ]);
  });

  it("differs in a parameter that only one has", () => {
    expect(paramPairs(run({}, { depth: "3", seed: "1" }), run({}, { seed: "1" }))).toEqual([
      { key: "depth", ours: "3", theirs: undefined, differs: true },
      { key: "seed", ours: "1", theirs: "1", differs: false },
    ]);
  });
});
