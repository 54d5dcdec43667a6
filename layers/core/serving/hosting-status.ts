import type { Endpoint } from "#contracts/platform/endpoint.ts";
import type { ComputeStatus } from "#contracts/platform/endpoint-compute.ts";
import { hostedName } from "./sagemaker-hosting.ts";
import type { Found, HostedStatus } from "./sagemaker-plan.ts";
import type { EndpointContext } from "./serving-context.ts";

const states: Readonly<Record<HostedStatus, ComputeStatus["state"]>> = {
  Creating: "creating",
  Updating: "updating",
  SystemUpdating: "updating",
  RollingBack: "updating",
  Deleting: "updating",
  InService: "inService",
  OutOfService: "failed",
  Failed: "failed",
  UpdateRollbackFailed: "failed",
};

/** The endpoint with what SageMaker says of it now, where it is to be there. */
export async function withHostingStatus(
  { hosting }: Pick<EndpointContext, "hosting">,
  describe: (endpointName: string) => Promise<Found["endpoint"]>,
  endpoint: Endpoint,
): Promise<Endpoint> {
  if (endpoint.compute?.kind !== "sagemaker" || !hosting) return endpoint;
  const endpointName = hostedName(hosting, endpoint.name);
  const found = await describe(endpointName);
  const status: ComputeStatus = found
    ? { endpointName, state: states[found.status], reason: found.reason }
    : { endpointName, state: "creating", reason: "SageMaker has no such endpoint yet; where this lasts, the log of deploy-endpoint says why" };
  return { ...endpoint, compute: { ...endpoint.compute, status } };
}
