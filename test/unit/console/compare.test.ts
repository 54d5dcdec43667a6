import { describe, expect, it } from "vitest";
import { axisOf, labelsOf, placeOf, unitAt, unitOf } from "../../../web/src/compare/axis.ts";
import { isWithin, readBrushes, writeBrushes } from "../../../web/src/compare/brushes.ts";
import { nearestTrack } from "../../../web/src/compare/nearest-run.ts";
import { readRuns } from "../../../web/src/compare/read-runs.ts";
import { type ComparedRun, comparedRun, differs, namesOf, type Value } from "../../../web/src/compare/values.ts";
import { relativeDifference } from "../../../web/src/experiments/relative-difference.ts";

const run = (id: string, values: Readonly<Record<string, Value>>): ComparedRun => ({
  id,
  name: id,
  status: "FINISHED",
  experimentId: "1",
  values: new Map(Object.entries(values)) as ComparedRun["values"],
});

describe("the values of a run", () => {
  it("are its metrics, params, tags and what it was made with, without what MLflow keeps for itself", () => {
    const wire = {
      info: { run_id: "r", run_name: "", status: "FINISHED", experiment_id: "1", user_id: "ann", start_time: 1000, end_time: 3500 },
      data: {
        metrics: [{ key: "loss", value: "NaN" }],
        params: [{ key: "lr", value: "0.1" }],
        tags: [
          { key: "team", value: "a" },
          { key: "mlflow.runName", value: "x" },
          { key: "mlflow.source.git.commit", value: "c0ffee" },
          { key: "capstan.digest", value: "d" },
        ],
      },
      inputs: { dataset_inputs: [{ dataset: { name: "sales", digest: "abc" } }] },
    };

    const { name, values } = comparedRun(wire as unknown as Parameters<typeof comparedRun>[0]);

    expect(name).toBe("r");
    expect(Object.fromEntries(values)).toEqual({
      "metrics.loss": Number.NaN,
      "params.lr": "0.1",
      "tags.team": "a",
      "environment.source.git.commit": "c0ffee",
      "environment.user": "ann",
      "environment.dataset sales": "abc",
      "environment.seconds": 2.5,
    });
  });

  it("differ where one run lacks what another has, and do not where all are NaN", () => {
    const runs = [run("a", { "metrics.loss": Number.NaN, "params.lr": "1" }), run("b", { "metrics.loss": Number.NaN })];

    expect(namesOf(runs).map((name) => [name, differs(runs, name)])).toEqual([
      ["metrics.loss", false],
      ["params.lr", true],
    ]);
  });

  it.each([
    [3, 2, 0.5],
    [-1, -2, 0.5],
    [1, 0, undefined],
    [Number.NaN, 1, undefined],
    [undefined, 1, undefined],
    [Number.POSITIVE_INFINITY, 1, undefined],
  ])("%s beside %s is %s of it", (value, base, share) => {
    expect(relativeDifference(value, base)).toBe(share);
  });
});

describe("an axis", () => {
  const runs = [run("a", { "params.lr": "0.001" }), run("b", { "params.lr": "0.1" }), run("c", { "params.lr": "10" }), run("d", {})];

  it("places numbers evenly, or by their logarithm, and takes places back to numbers", () => {
    const [even, log] = [axisOf("params.lr", runs, false), axisOf("params.lr", runs, true)];

    expect([0.001, 0.1, 10].map((unit) => placeOf(log, unit))).toEqual([0, expect.closeTo(0.5, 9), 1]);
    expect(placeOf(even, 0.1)).toBeCloseTo(0.0099, 4);
    for (const axis of [even, log]) for (const place of [0, 0.3, 1]) expect(placeOf(axis, unitAt(axis, place))).toBeCloseTo(place, 9);
  });

  it("is never logarithmic where a value is zero or less", () => {
    expect(axisOf("params.lr", [...runs, run("e", { "params.lr": "0" })], true)).toMatchObject({ isLog: false, canBeLog: false });
  });

  it("has a run without a value, or with NaN, at no place", () => {
    const axis = axisOf("metrics.loss", [run("a", { "metrics.loss": 1 }), run("b", { "metrics.loss": Number.NaN })], false);

    expect([run("a", { "metrics.loss": 1 }), run("b", { "metrics.loss": Number.NaN }), run("c", {})].map((one) => unitOf(axis, one))).toEqual([
      1,
      undefined,
      undefined,
    ]);
  });

  it("puts a single value in the middle", () => {
    const axis = axisOf("params.lr", runs.slice(0, 1), true);

    expect(placeOf(axis, 0.001)).toBeCloseTo(0.5, 9);
  });

  it("lists categories in the order of their names, with numbers in them by size, and labels no more than fit", () => {
    const many = Array.from({ length: 40 }, (_, index) => run(String(index), { "params.kind": `kind ${index}` }));
    const axis = axisOf("params.kind", many, false);

    expect(axis.categories.slice(0, 3)).toEqual(["kind 0", "kind 1", "kind 2"]);
    expect(labelsOf(axis).length).toBeLessThanOrEqual(12);
  });
});

describe("a brush", () => {
  const runs = [run("a", { "metrics.loss": 1 }), run("b", { "metrics.loss": 2 }), run("c", {})];
  const axes = [axisOf("metrics.loss", runs, false)];

  it("keeps runs between its ends, ends included, and none that has no value", () => {
    const brushes = readBrushes("metrics.loss~1~1.5");

    expect(runs.filter((one) => isWithin(brushes, axes, one)).map(({ id }) => id)).toEqual(["a"]);
  });

  it("is written into the address and read back, and a broken one is none", () => {
    const text = "metrics.loss~0.5~1e-7|params.lr~0~0.333333";

    expect(writeBrushes(readBrushes("metrics.loss~1e-7~0.5|params.lr~0~0.333333"))).toBe("metrics.loss~1e-7~0.5|params.lr~0~0.333333");
    expect([...readBrushes(text).keys()]).toEqual(["params.lr"]);
    expect(readBrushes("||x|~~|a~b~c").size).toBe(0);
  });

  it("of an axis that is not shown keeps everything", () => {
    expect(runs.every((one) => isWithin(readBrushes("metrics.loss~5~6"), [], one))).toBe(true);
  });
});

describe("the line under the pointer", () => {
  const tracks = [
    { id: "down", ys: [0, 100] },
    { id: "flat", ys: [50, 52] },
  ];

  it("is the nearest between two axes, and none far from all", () => {
    expect(nearestTrack(tracks, [0, 200], 20, 12)).toBe("down");
    expect(nearestTrack(tracks, [0, 200], 150, 53)).toBe("flat");
    expect(nearestTrack(tracks, [0, 200], 10, 90)).toBeUndefined();
    expect(nearestTrack(tracks, [100], 100, 3)).toBe("down");
  });
});

describe("reading many runs", () => {
  const experiments: Readonly<Record<string, string>> = Object.fromEntries(
    Array.from({ length: 200 }, (_, index) => [`r${index}`, index % 2 ? "odd" : "even"]),
  );
  const wire = (id: string) => ({ info: { run_id: id, experiment_id: experiments[id] } });

  it("takes two requests for each experiment, keeps the order, and names those that are not there", async () => {
    const asked: string[] = [];
    const asking = {
      run: (path: string) => {
        asked.push("run");
        const id = new URLSearchParams(path.split("?")[1]).get("run_id") ?? "";
        return experiments[id] ? Promise.resolve({ run: wire(id) }) : Promise.reject(new Error("missing"));
      },
      search: (body: object) => {
        asked.push("search");
        const { experiment_ids, filter } = body as { experiment_ids: readonly string[]; filter: string };
        const ids = [...filter.matchAll(/'(\w+)'/g)].map(([, id = ""]) => id);
        return Promise.resolve({ runs: ids.filter((id) => experiments[id] === experiment_ids[0]).map(wire) });
      },
      isMissing: (error: unknown) => error instanceof Error && error.message === "missing",
    };
    const ids = ["gone", ...Object.keys(experiments)];

    const { runs, missing } = await readRuns(ids, asking as unknown as Parameters<typeof readRuns>[1]);

    expect(runs.map(({ info }) => info.run_id)).toEqual(Object.keys(experiments));
    expect(missing).toEqual(["gone"]);
    expect(asked).toEqual(["run", "run", "search", "run", "search"]);
  });
});
