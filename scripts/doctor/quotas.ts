import { GetServiceQuotaCommand, paginateListServiceQuotas, type ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { explained, isDenied } from "./aws-errors.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** Codes of quotas, as Service Quotas lists them. */
const lambdaConcurrency = { ServiceCode: "lambda", QuotaCode: "L-B99A9384" } as const;
const gpuProcessors = { ServiceCode: "ec2", QuotaCode: "L-DB2E81BA" } as const;

/** New accounts have 10. The API alone answers a page of the console with several requests at once. */
const wantedConcurrency = 100;
/** The smallest instance of each of the families that GPU serving takes. */
const leastGpuProcessors = 4;

const askFor = ({ ServiceCode, QuotaCode }: typeof lambdaConcurrency | typeof gpuProcessors, value: number) =>
  `aws service-quotas request-service-quota-increase --service-code ${ServiceCode} --quota-code ${QuotaCode} --desired-value ${value}`;

const unknown = (check: string, error: unknown): Finding =>
  isDenied(error)
    ? warn(check, "not known: Service Quotas may not be read", "allow servicequotas:GetServiceQuota and servicequotas:ListServiceQuotas")
    : warn(check, `not known: ${explained(error)}`, "run it again");

async function appliedValue(client: ServiceQuotasClient, quota: typeof lambdaConcurrency | typeof gpuProcessors): Promise<number> {
  const { Quota } = await client.send(new GetServiceQuotaCommand(quota));
  return Quota?.Value ?? 0;
}

async function concurrency(client: ServiceQuotasClient): Promise<Finding> {
  const check = "Lambda concurrency";
  try {
    const value = await appliedValue(client, lambdaConcurrency);
    return value < wantedConcurrency ? warn(check, `${value} at once, as new accounts have`, askFor(lambdaConcurrency, 1000)) : ok(check, `${value} at once`);
  } catch (error) {
    return unknown(check, error);
  }
}

/** Instance types that SageMaker lets this account use, by what for: many are 0 until somebody asks. */
async function sageMakerInstances(client: ServiceQuotasClient): Promise<Finding[]> {
  const uses = [
    { check: "SageMaker endpoints", suffix: " for endpoint usage", lost: "endpoints of kind sagemaker cannot start" },
    { check: "SageMaker training", suffix: " for training job usage", lost: "training scripts cannot start" },
  ] as const;
  try {
    const allowed: string[] = [];
    for await (const { Quotas = [] } of paginateListServiceQuotas({ client, pageSize: 100 }, { ServiceCode: "sagemaker" }))
      allowed.push(...Quotas.flatMap(({ QuotaName = "", Value = 0 }) => (Value > 0 ? QuotaName : [])));
    return uses.map(({ check, suffix, lost }) => {
      const types = allowed.filter((name) => name.startsWith("ml.") && name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length));
      const example = types.length > 3 ? `${types.slice(0, 3).join(", ")} and ${types.length - 3} more` : types.join(", ");
      return types.length === 0
        ? warn(check, `no instance type may be used: ${lost}`, `ask for one, for example "ml.m5.large${suffix}", in the Service Quotas console`)
        : ok(check, example);
    });
  } catch (error) {
    return uses.map(({ check }) => unknown(check, error));
  }
}

async function gpuInstances(client: ServiceQuotasClient): Promise<Finding> {
  const check = "GPU instances";
  try {
    const value = await appliedValue(client, gpuProcessors);
    return value < leastGpuProcessors
      ? fail(check, `${value} vCPU of G and VT instances, needed are ${leastGpuProcessors}: the GPU service cannot start a task`, askFor(gpuProcessors, 8))
      : ok(check, `${value} vCPU of G and VT instances`);
  } catch (error) {
    return unknown(check, error);
  }
}

/** The quotas that stop a deployment from doing its work. @param gpu whether the deployment has the GPU service */
export async function checkQuotas(client: ServiceQuotasClient, gpu: boolean): Promise<Finding[]> {
  const [lambda, sageMaker, graphics] = await Promise.all([concurrency(client), sageMakerInstances(client), gpu ? gpuInstances(client) : undefined]);
  return [lambda, ...sageMaker, ...(graphics ? [graphics] : [])];
}
