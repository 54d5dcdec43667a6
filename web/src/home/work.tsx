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

/** Five figures, and what is behind each that is not nought. */
export function Work() {
  const running = useRead<ReplyOf<Pipelines, "listExecutions">>(executions("running"), { every: 2500 }).data?.executions;
  const failed = useRead<ReplyOf<Pipelines, "listExecutions">>(executions("failed")).data?.executions;
  const approvals = useRead<ReplyOf<Pipelines, "listApprovals">>("/capstan/v1/approvals?status=pending").data?.approvals;
  const endpoints = useRead<ReplyOf<typeof endpointContract, "listEndpoints">>("/capstan/v1/endpoints").data?.endpoints;
  const monitors = useRead<ReplyOf<typeof monitorsContract, "listMonitors">>("/capstan/v1/monitors").data?.monitors;
  const alarms = monitors?.filter(({ status }) => status.state === "alarm");
  return (
    <SpaceBetween size="l">
      <Container>
        <ColumnLayout columns={4} variant="text-grid" minColumnWidth={140}>
          <Figure label="Running" count={running?.length} look="in-progress" />
          <Figure label="Waiting for approval" count={approvals?.length} look="warning" />
          <Figure label="Failed" count={failed?.length} look="error" />
          <Figure label="Drift alarms" count={alarms?.length} look="error" />
        </ColumnLayout>
      </Container>
      {approvals && approvals.length > 0 && <ApprovalList approvals={approvals} />}
      {running && running.length > 0 && <ExecutionList name="running" title="Running now" executions={running} />}
      {failed && failed.length > 0 && <ExecutionList name="failed" title="Failed" executions={failed} />}
      {alarms && alarms.length > 0 && <AlarmList monitors={alarms} />}
      <EndpointList endpoints={endpoints} />
    </SpaceBetween>
  );
}
