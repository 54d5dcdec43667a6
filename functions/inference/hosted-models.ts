import type { Endpoint, Variant } from "#contracts/platform/endpoint.ts";
import type { ModelSignature } from "#contracts/platform/model-signature.ts";
import { hostedOutputs, hostedRequest } from "#core/serving/hosted-inference.ts";
import { hostedName } from "#core/serving/sagemaker-hosting.ts";
import { rowCount, type Tensor } from "#core/serving/tensor.ts";
import type { InvokeEndpoint } from "#gateways/sagemaker/invoke-endpoint.ts";
import { formatJson, parseJson } from "#runtime/exact-json.ts";

export type SignedVariant = Variant & { readonly signature: ModelSignature };

/** Variants that instances of SageMaker answer for. */
export interface HostedModels {
  /** Whether this one is asked there: its endpoint has compute of kind sagemaker, and its tensors can be named without the model in memory. */
  answers(endpoint: Endpoint, variant: Variant): variant is SignedVariant;
  /** @returns undefined where SageMaker does not have it yet: then the platform's own copy answers */
  infer(endpoint: Endpoint, variant: SignedVariant, inputs: readonly Tensor[]): Promise<readonly Tensor[] | undefined>;
}

export interface HostedModelsOptions {
  readonly invoke: InvokeEndpoint;
  /** Begins the names of the deployment's endpoints on SageMaker. */
  readonly namePrefix: string;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/** An endpoint takes minutes to come or to change: what is not there is not asked for at every request. */
const askAgainMs = 5_000;
const maxRemembered = 512;

export function hostedModels({ invoke, namePrefix, now }: HostedModelsOptions): HostedModels {
  const absentSince = new Map<string, number>();
  const keyOf = (endpoint: Endpoint, variant: Variant) => `${endpoint.name}/${variant.name}`;

  return {
    answers(endpoint, variant): variant is SignedVariant {
      if (endpoint.compute?.kind !== "sagemaker" || !variant.signature) return false;
      const since = absentSince.get(keyOf(endpoint, variant));
      return since === undefined || now() - since >= askAgainMs;
    },
    async infer(endpoint, variant, inputs) {
      const endpointName = hostedName({ namePrefix }, endpoint.name);
      const reply = await invoke({ endpointName, variant: variant.name, body: formatJson(hostedRequest(inputs)) });
      const key = keyOf(endpoint, variant);
      if (reply === undefined) {
        if (absentSince.size >= maxRemembered) absentSince.clear();
        absentSince.set(key, now());
        return undefined;
      }
      absentSince.delete(key);
      return hostedOutputs(variant.signature, readReply(reply), rowCount(inputs[0]?.shape ?? []));
    },
  };
}

/** A reply that is no JSON is a reply without predictions. */
function readReply(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
