import { InvokeEndpointCommand, ModelError, type SageMakerRuntimeClient, ValidationError } from "@aws-sdk/client-sagemaker-runtime";
import { DependencyError, invalid } from "#core/errors.ts";

/** One call of a variant of an endpoint on SageMaker. */
export interface Invocation {
  /** SageMaker's name of the endpoint. */
  readonly endpointName: string;
  readonly variant: string;
  /** JSON. */
  readonly body: string;
}
/** @returns the reply's JSON; undefined where SageMaker has no such endpoint or variant, or not yet. @throws DomainError where the model refuses the values */
export type InvokeEndpoint = (invocation: Invocation) => Promise<string | undefined>;

const json = "application/json";

/** SageMaker Runtime's InvokeEndpoint. Its ValidationError is said before any container is asked; what a container says is a ModelError with its status. */
export const invokeEndpoint =
  (client: () => SageMakerRuntimeClient): InvokeEndpoint =>
  async ({ endpointName, variant, body }) => {
    try {
      const input = { EndpointName: endpointName, TargetVariant: variant, ContentType: json, Accept: json, Body: body };
      const { Body } = await client().send(new InvokeEndpointCommand(input));
      return Buffer.from(Body ?? []).toString("utf8");
    } catch (error) {
      if (error instanceof ValidationError) return undefined;
      if (!(error instanceof ModelError)) throw error;
      const { OriginalStatusCode: status = 500, OriginalMessage: said = error.message } = error;
      if (status >= 400 && status < 500) throw invalid(`the model refuses these values: ${said.slice(0, 500)}`);
      throw new DependencyError(`the container on SageMaker answered ${status}: ${said.slice(0, 500)}`, { cause: error });
    }
  };
