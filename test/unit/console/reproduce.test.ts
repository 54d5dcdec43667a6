import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { type Origin, reproduce, shellWord } from "../../../web/src/runs/reproduce.ts";

const origin = (tags: Readonly<Record<string, string>>, more: Partial<Origin> = {}): Origin => ({
  url: "http://127.0.0.1:5000",
  experimentId: "7",
  params: [],
  modelId: undefined,
  request: undefined,
  tags: new Map(Object.entries(tags)),
  ...more,
});

describe("the commands that do a run again", () => {
  it("are the script at its commit, with the packages of the model that it logged", () => {
    const tags = { "mlflow.source.name": "train.py", "mlflow.source.type": "LOCAL", "mlflow.source.git.commit": "abc1234" };

    expect(reproduce(origin(tags, { modelId: "m-1" }))?.split("\n")).toEqual([
      "export MLFLOW_TRACKING_URI=http://127.0.0.1:5000 MLFLOW_EXPERIMENT_ID=7",
      "git checkout abc1234",
      `pip install -r "$(python -c "import mlflow; print(mlflow.pyfunc.get_model_dependencies('models:/m-1'))")"`,
      "python train.py",
    ]);
  });

  it("are the project with its entry point and parameters", () => {
    const tags = { "mlflow.source.name": "https://git.example/p", "mlflow.source.type": "PROJECT", "mlflow.project.entryPoint": "main" };

    expect(reproduce(origin(tags, { params: [{ key: "note", value: "it's" }] }))).toContain(
      `mlflow run https://git.example/p --entry-point main --experiment-id 7 -P 'note=it'\\''s'`,
    );
  });

  it("are the pipeline's own request, for a run that a pipeline made", () => {
    const command = reproduce(origin({ "mlflow.source.name": "pipeline churn" }, { request: { pipeline: "churn" } }));

    expect(command).toContain(`/capstan/v1/executions -H 'content-type: application/json' -d '{"request":{"pipeline":"churn"}}'`);
  });

  it("are none where the run names no source", () => {
    expect(reproduce(origin({}))).toBeUndefined();
  });

  it("take no name for an option", () => {
    const tags = { "mlflow.source.name": "-cimport os", "mlflow.source.git.repoURL": "--upload-pack=x", "mlflow.source.git.commit": "--force" };

    expect(reproduce(origin(tags))?.split("\n").slice(1)).toEqual(["git clone ./--upload-pack=x source && cd source", "python './-cimport os'"]);
  });

  it("run nothing that somebody wrote into a name", () => {
    for (const hostile of ["$(touch x)", "`id`", "a'; rm -rf b; '", 'x"y', "a\nb", "-v", "~", "*"]) {
      expect(execFileSync("sh", ["-c", `printf %s ${shellWord(hostile)}`], { encoding: "utf8" })).toBe(hostile);
    }
  });
});
