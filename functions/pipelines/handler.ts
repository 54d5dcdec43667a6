import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { inputSchema, schemaContract } from "#contracts/platform/schemas.ts";
import { type ApprovalsContext, decide, findApproval, listApprovals } from "#core/pipelines/approvals.ts";
import { readExecution, readGraph, readStep } from "#core/pipelines/executions.ts";
import { listExecutions } from "#core/pipelines/list-executions.ts";
import { type RetryContext, retryExecution } from "#core/pipelines/retry.ts";
import { startExecution } from "#core/pipelines/start.ts";
import { type LogsContext, readStepLogs } from "#core/pipelines/step-logs.ts";
import { type StopContext, stopExecution } from "#core/pipelines/stop.ts";
import { approvalsContext, logsContext, retryContext, stopContext } from "#gateways/pipeline-contexts.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { serve, serveRoutes } from "#runtime/serve-routes.ts";

export type PipelinesContext = LogsContext & RetryContext & StopContext & ApprovalsContext;

/** The platform's /executions, /approvals and /schemas operations. */
export const createHandler = (ctx: PipelinesContext): HttpHandler =>
  serveRoutes(
    serve(pipelineContract, {
      startExecution: async ({ name, request }, { principal }) => ({ execution: await startExecution(ctx, request, principal, name) }),
      listExecutions: (query) => listExecutions(ctx, query),
      getExecution: ({ name }) => readExecution(ctx, name),
      getExecutionGraph: async ({ name }) => ({ graph: await readGraph(ctx, name) }),
      getExecutionStep: ({ name, position }) => readStep(ctx, name, position),
      getExecutionStepLogs: ({ name, position, limit, pageToken }) => readStepLogs(ctx, name, position, limit, pageToken),
      retryExecution: async ({ name }) => ({ execution: await retryExecution(ctx, name) }),
      stopExecution: async ({ name, reason }, { principal }) => ({ execution: await stopExecution(ctx, name, principal, reason) }),
      listApprovals: (query) => listApprovals(ctx, query),
      getApproval: async ({ execution }) => ({ approval: await findApproval(ctx, execution) }),
      approve: async ({ execution, reason }, { principal }) => ({ approval: await decide(ctx, execution, "approved", principal, reason) }),
      reject: async ({ execution, reason }, { principal }) => ({ approval: await decide(ctx, execution, "rejected", principal, reason) }),
    }),
    serve(schemaContract, { getSchema: async ({ name }) => ({ schema: inputSchema(name) }) }),
  );

export const create = (env: FunctionEnv): HttpHandler => {
  const [platform, tracking, machine] = [env.table("platform"), env.table("tracking"), env.machine("training")];
  return createHandler({
    ...logsContext(platform, machine),
    ...retryContext(platform, tracking, env.eventBus(), machine),
    ...stopContext(platform, tracking, env.eventBus(), machine),
    ...approvalsContext(platform),
  });
};
