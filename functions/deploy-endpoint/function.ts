import * as z from "zod";
import { endpointChanged } from "#contracts/events/endpoints.ts";
import { eventSource } from "#contracts/events/platform-event.ts";
import { defineFunction } from "#contracts/function-spec.ts";

const hosted = "arn:*:sagemaker:*:*";

export const deployEndpoint = defineFunction({
  name: "deploy-endpoint",
  summary: "Makes, changes and removes SageMaker's models, endpoint configurations and endpoints as the platform's endpoints ask.",
  task: {
    input: z.object({ detail: endpointChanged.detail.optional().describe("Without it every endpoint is looked at.") }),
    output: z.object({ endpoints: z.array(z.object({ endpoint: z.string(), outcome: z.enum(["settled", "waiting", "refused"]), reason: z.string() })) }),
  },
  tables: { platform: "read" },
  // For its name: what SageMaker captures goes there under the model role.
  buckets: { data: "read" },
  on: [{ source: eventSource, detailType: endpointChanged.detailType }],
  schedule: { expression: "rate(5 minutes)", input: {} },
  memoryMiB: 256,
  timeoutSeconds: 300,
  actions: [
    { action: "sagemaker:CreateModel", resource: `${hosted}:model/capstan-*` },
    { action: "sagemaker:DeleteModel", resource: `${hosted}:model/capstan-*` },
    { action: "sagemaker:CreateEndpointConfig", resource: `${hosted}:endpoint-config/capstan-*` },
    { action: "sagemaker:DeleteEndpointConfig", resource: `${hosted}:endpoint-config/capstan-*` },
    { action: "sagemaker:CreateEndpoint", resource: `${hosted}:endpoint/capstan-*` },
    { action: "sagemaker:CreateEndpoint", resource: `${hosted}:endpoint-config/capstan-*` },
    { action: "sagemaker:UpdateEndpoint", resource: `${hosted}:endpoint/capstan-*` },
    { action: "sagemaker:UpdateEndpoint", resource: `${hosted}:endpoint-config/capstan-*` },
    { action: "sagemaker:UpdateEndpointWeightsAndCapacities", resource: `${hosted}:endpoint/capstan-*` },
    { action: "sagemaker:DeleteEndpoint", resource: `${hosted}:endpoint/capstan-*` },
    { action: "sagemaker:DescribeEndpoint", resource: `${hosted}:endpoint/capstan-*` },
    // Lists know no resource.
    { action: "sagemaker:ListModels", resource: "*" },
    { action: "sagemaker:ListEndpointConfigs", resource: "*" },
    { action: "sagemaker:ListEndpoints", resource: "*" },
  ],
});
