import { DomainError } from "#core/errors.ts";
import { AwsError } from "../aws/aws-error.ts";
import { arnOf, type Kind } from "./names.ts";

const titles: Readonly<Record<Kind, string>> = {
  "training-job": "training job",
  model: "model",
  "endpoint-config": "endpoint configuration",
  endpoint: "endpoint",
};

export const refused = (message: string) => new AwsError("ValidationException", message);

/** SageMaker's own words, which clients look for: its SDK takes "Could not find" as "make a new one". */
export const couldNotFind = (kind: Kind, name: string) => refused(`Could not find ${titles[kind]} "${arnOf(kind, name)}".`);
export const existsAlready = (kind: Kind, name: string) => refused(`Cannot create already existing ${titles[kind]} "${arnOf(kind, name)}".`);

/** What the platform's own code refuses, as a ValidationException with the same words; anything else as it came. */
export async function asValidation<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof DomainError ? refused(error.message) : error;
  }
}
