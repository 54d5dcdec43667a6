import SpaceBetween from "@cloudscape-design/components/space-between";
import { address } from "../client.ts";
import { runTime } from "../experiments/run-columns.ts";
import { plain, type Run } from "../experiments/wire.ts";
import { Card } from "../parts/card.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Facts } from "../parts/facts.tsx";
import { duration } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";

/** What a run is, the data it read, and the models it made. */
export function RunOverview({ run }: { readonly run: Run }) {
  const { info, data, inputs, outputs } = run;
  const execution = data.tags?.find(({ key }) => key === "capstan.execution")?.value;
  return (
    <SpaceBetween size="l">
      <Card title="Run">
        <Facts
          facts={[
            ["State", <State key="state" of={info.status} />],
            ["Started", <Moment key="started" at={plain(info.start_time)} />],
            ["Took", duration(runTime(run))],
            ["By", info.user_id],
            ["Run id", info.run_id],
            [
              "Experiment",
              <GoTo key="experiment" href={address(["experiments", info.experiment_id])}>
                {info.experiment_id}
              </GoTo>,
            ],
            [
              "Execution",
              execution && (
                <GoTo key="execution" href={address(["pipelines", "executions", execution])}>
                  {execution}
                </GoTo>
              ),
            ],
            ["Artifacts", info.artifact_uri],
          ]}
        />
      </Card>
      <DataTable
        name="inputs"
        title="Datasets"
        filtering={false}
        items={inputs.dataset_inputs ?? []}
        rowKey={({ dataset }) => `${dataset.name} ${dataset.digest}`}
        empty="None was logged."
        columns={[
          { id: "name", header: "Dataset", cell: ({ dataset }) => <span className="name">{dataset.name}</span>, isName: true },
          { id: "digest", header: "Digest", cell: ({ dataset }) => dataset.digest },
          { id: "context", header: "For", cell: ({ tags }) => tags?.find(({ key }) => key === "mlflow.data.context")?.value ?? "-" },
        ]}
      />
      <DataTable
        name="models"
        title="Logged models"
        filtering={false}
        items={outputs?.model_outputs ?? []}
        rowKey={({ model_id }) => model_id}
        empty="None was logged."
        columns={[
          { id: "id", header: "Model id", cell: ({ model_id }) => model_id, isName: true },
          { id: "step", header: "Step", cell: ({ step }) => String(step ?? 0) },
        ]}
      />
    </SpaceBetween>
  );
}
