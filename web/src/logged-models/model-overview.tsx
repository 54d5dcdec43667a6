import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { address, mlflow } from "../address.ts";
import { modelFiles } from "../artifacts/source.ts";
import { Refused, request } from "../client.ts";
import { plain } from "../experiments/wire.ts";
import { mlflowSignature } from "../models/signature.ts";
import { SignatureTable } from "../models/signature-table.tsx";
import { Card } from "../parts/card.tsx";
import { Facts } from "../parts/facts.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { Moment } from "../parts/moment.tsx";
import { useRead } from "../queries.ts";
import type { LoggedModel, VersionsReply } from "../runs/wire.ts";
import { VersionsOf } from "./versions-of.tsx";

/** The text of a model's `MLmodel`; null where it has none. */
async function describe(file: string, signal: AbortSignal): Promise<string | null> {
  try {
    return await (await request(file, { signal })).text();
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** What a model is, what it takes and gives, and under which names it is registered. */
export function ModelOverview({ model: { info } }: { readonly model: LoggedModel }) {
  const file = modelFiles(info.model_id, info.artifact_uri).file("MLmodel");
  const described = useQuery({ queryKey: [file, "described"], queryFn: ({ signal }) => describe(file, signal), staleTime: 60_000 }).data;
  const signature = described === undefined ? undefined : described === null ? null : (mlflowSignature(described) ?? null);
  const wanted = `source_path='models:/${info.model_id}'`;
  const versions = useRead<VersionsReply>(mlflow("model-versions/search", { filter: wanted, max_results: 1000 })).data;
  return (
    <SpaceBetween size="l">
      <Card title="Model">
        <Facts
          facts={[
            ["Model id", info.model_id],
            ["Flavour", info.model_type],
            ["Logged", <Moment key="logged" at={plain(info.creation_timestamp_ms)} />],
            [
              "Made by run",
              info.source_run_id && (
                <GoTo key="run" href={address(["runs", info.source_run_id])}>
                  {info.source_run_id}
                </GoTo>
              ),
            ],
            [
              "Experiment",
              <GoTo key="experiment" href={address(["experiments", info.experiment_id])}>
                {info.experiment_id}
              </GoTo>,
            ],
            ["MLflow version", /^mlflow_version: (.+)$/m.exec(described ?? "")?.[1]],
            ["Python", /^ +python_version: (.+)$/m.exec(described ?? "")?.[1]],
            ["Files at", info.artifact_uri],
          ]}
        />
      </Card>
      <SignatureTable rows={signature} />
      <VersionsOf versions={versions && (versions.model_versions ?? [])} />
    </SpaceBetween>
  );
}
