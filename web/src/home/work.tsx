import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { endpointContract } from "#contracts/platform/endpoints.ts";
import type { monitorsContract } from "#contracts/platform/monitors.ts";
import type { pipelineContract } from "#contracts/platform/pipelines.ts";
import type { ReplyOf } from "../client.ts";
import { EndpointList } from "../endpoints/endpoint-list.tsx";
import { useRead } from "../queries.ts";
import { AlarmList } from "./alarm-list.tsx";
import { ApprovalList } from "./approval-list.tsx";
import { ExecutionList } from "./execution-list.tsx";
import { Figure } from "./figure.tsx";

type Pipelines = typeof pipelineContract;
const executions = (status: string) => `/capstan/v1/executions?status=${status}&limit=20`;

/** Four figures, and what is behind each that is not nought. */
export function Work() {
  const running = useRead<ReplyOf<Pipelines, "listExecutions">>(executions("running"), { every: 2500 }).data;
  const failed = useRead<ReplyOf<Pipelines, "listExecutions">>(executions("failed")).data;
  const waiting = useRead<ReplyOf<Pipelines, "listApprovals">>("/capstan/v1/approvals?status=pending").data;
  const endpoints = useRead<ReplyOf<typeof endpointContract, "listEndpoints">>("/capstan/v1/endpoints").data?.endpoints;
  const monitors = useRead<ReplyOf<typeof monitorsContract, "listMonitors">>("/capstan/v1/monitors").data?.monitors;
  const alarms = monitors?.filter(({ status }) => status.state === "alarm");
  return (
    <SpaceBetween size="l">
      <Container>
        <ColumnLayout columns={4} variant="text-grid" minColumnWidth={140}>
          <Figure label="Running" count={running?.executions.length} isMore={running?.nextPageToken !== undefined} look="in-progress" />
          <Figure label="Waiting for approval" count={waiting?.approvals.length} isMore={waiting?.nextPageToken !== undefined} look="warning" />
          <Figure label="Failed" count={failed?.executions.length} isMore={failed?.nextPageToken !== undefined} look="error" />
          <Figure label="Drift alarms" count={alarms?.length} look="error" />
        </ColumnLayout>
      </Container>
      {waiting && waiting.approvals.length > 0 && <ApprovalList approvals={waiting.approvals} />}
      {running && running.executions.length > 0 && <ExecutionList name="running" title="Running now" executions={running.executions} />}
      {failed && failed.executions.length > 0 && <ExecutionList name="failed" title="Failed" executions={failed.executions} />}
      {alarms && alarms.length > 0 && <AlarmList monitors={alarms} />}
      <EndpointList endpoints={endpoints} />
    </SpaceBetween>
  );
}
