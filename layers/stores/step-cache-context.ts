import type { StepCache } from "#core/pipelines/step-cache.ts";
import { dynamoDb, s3 } from "./clients.ts";
import { stepResultStore } from "./dynamodb/pipelines/step-results.ts";
import { sha256Of } from "./s3/datasets.ts";
import { type Objects, parseS3Uri, s3Objects } from "./s3/objects.ts";

/** The cache of steps in the platform table, over the objects that their results name. */
export const stepCache = (platformTable: string, objects: Objects = s3Objects(s3())): StepCache => ({
  results: stepResultStore(dynamoDb(), platformTable, Date.now),
  hash: sha256Of,
  exists: async (uri) => (await objects.size(parseS3Uri(uri))) !== undefined,
});
