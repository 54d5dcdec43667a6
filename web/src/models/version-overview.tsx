import SpaceBetween from "@cloudscape-design/components/space-between";
import { address } from "../address.ts";
import { ValuesTable } from "../experiments/values-table.tsx";
import { plain } from "../experiments/wire.ts";
import { Card } from "../parts/card.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Facts } from "../parts/facts.tsx";
import { number } from "../parts/format.ts";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { DeploymentsTable } from "./deployments-table.tsx";
import { DescriptionCard } from "./description-card.tsx";
import { isOwnTag } from "./names.ts";
import { SignatureTable } from "./signature-table.tsx";
import { TagsTable } from "./tags-table.tsx";
import type { VersionFacts } from "./use-version.ts";

/** What a version is and where it answers, with the figures of the run that made it. */
export function VersionOverview({ facts }: { readonly facts: VersionFacts }) {
  const { version: it, run, signature, endpoints, digest, execution } = facts;
  if (!it) return null;
  const id = { name: it.name, version: it.version };
  return (
    <SpaceBetween size="l">
      <Card title="Version">
        <Facts
          facts={[
            [
              "Model",
              <GoTo key="model" href={address(["models", it.name])}>
                {it.name}
              </GoTo>,
            ],
            ["Aliases", it.aliases?.join(", ") || "none"],
            ["Registered", <Moment key="created" at={plain(it.creation_timestamp)} />],
            [
              "Run",
              it.run_id && (
                <GoTo key="run" href={address(["runs", it.run_id])}>
                  {run?.info.run_name || it.run_id}
                </GoTo>
              ),
            ],
            ["State of the run", run && <State key="state" of={run.info.status} />],
            ["Made by", run?.info.user_id],
            [
              "Execution",
              execution && (
                <GoTo key="execution" href={address(["pipelines", "executions", execution])}>
                  {execution}
                </GoTo>
              ),
            ],
            ["Stage", it.current_stage === "None" ? undefined : it.current_stage],
            ["SHA-256 of the model file", digest],
            ["Source", it.source],
          ]}
        />
      </Card>
      <DeploymentsTable endpoints={endpoints} model={it.name} version={it.version} />
      <SignatureTable rows={signature} />
      {run && (
        <DataTable
          name="metrics"
          title="Metrics of its run"
          items={run.data.metrics ?? []}
          rowKey={({ key }) => key}
          empty="The run logged none."
          columns={[
            { id: "key", header: "Metric", cell: ({ key }) => <span className="name">{key}</span>, sortBy: ({ key }) => key, isName: true },
            { id: "value", header: "Last value", cell: ({ value }) => <span title={String(value)}>{number(value)}</span>, sortBy: ({ value }) => value },
          ]}
        />
      )}
      {run && <ValuesTable name="params" title="Params of its run" values={run.data.params ?? []} />}
      <DescriptionCard of="model-versions" id={id} text={it.description ?? ""} />
      <TagsTable of="model-versions" id={id} tags={(it.tags ?? []).filter(({ key }) => !isOwnTag(key))} />
    </SpaceBetween>
  );
}
