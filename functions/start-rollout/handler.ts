import { type ExecutionsContext, noteRollout } from "#core/pipelines/executions.ts";
import { deployModelVersion } from "#core/serving/deploy.ts";
import type { EndpointContext } from "#core/serving/serving-context.ts";
import { announcing } from "#gateways/eventbridge/endpoint-events.ts";
import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { dynamoDb } from "#stores/clients.ts";
import { executionDocuments } from "#stores/dynamodb/pipelines/pipeline-documents.ts";
import { endpointContext } from "#stores/serving-context.ts";
import * as spec from "./function.ts";

type Executions = Pick<ExecutionsContext, "executions">;

/** Brings a model version to an endpoint: as a recorded rollout, or at once where the endpoint is new. The execution that asks is told of its rollout. */
export const createTask = (ctx: EndpointContext, executions: Executions): Task =>
  task(spec.startRollout, async ({ endpointName: name, startedBy, ...wanted }) => {
    const onRollout = (rolloutId: string) => noteRollout(executions, rolloutId, rolloutId);
    return await deployModelVersion(ctx, { name, ...wanted }, startedBy, onRollout);
  });

export const create = (env: FunctionEnv): Task =>
  createTask(
    announcing(endpointContext(env.table("platform"), env.table("tracking"), env.bucket("artifacts")), () => env.eventBus()),
    {
      executions: executionDocuments(dynamoDb(), env.table("platform")),
    },
  );
