import type { ScriptContext } from "#core/training/jobs/prepare-script.ts";
import { s3 } from "./clients.ts";
import { type Objects, s3Objects } from "./s3/objects.ts";
import { trainingCode } from "./s3/training-code.ts";
import { copyModel } from "./s3/training-models.ts";
import { stepCache } from "./step-cache-context.ts";

/** Preparing scripts. Their code is kept in `bucket`. */
export const scriptContext = (bucket: string, platformTable: string, objects: Objects = s3Objects(s3())): ScriptContext => ({
  code: trainingCode(objects, bucket),
  copyModel: copyModel(objects),
  cache: stepCache(platformTable, objects),
});
