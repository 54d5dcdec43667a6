import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ComparisonContext } from "#core/training/compare-models.ts";
import type { EvaluationContext, Scorer } from "#core/training/evaluate-model.ts";
import type { TrainingContext } from "#core/training/train-model.ts";
import { s3 } from "./clients.ts";
import { judgedRows } from "./duckdb/training-judged.ts";
import { trainingTables } from "./duckdb/training-tables.ts";
import { keepJudgedRows } from "./s3/evaluations.ts";
import { describeModel, modelFiles, sha256 } from "./s3/model-files.ts";
import { type Objects, s3Objects } from "./s3/objects.ts";
import { copyModel, saveModel } from "./s3/training-models.ts";

/** DuckDB's share of a function's memory; the rest is for the table in 32-bit numbers and what is fitted to it. */
const duckDbMiB = 768;
/** Candidate and champion are often evaluated in one process, the champion again and again. */
const modelCache = join(tmpdir(), "capstan-evaluated-models");

/** Training on the files of an object store. */
export const trainingContext = (objects: Objects = s3Objects(s3()), now: () => number = Date.now): TrainingContext => ({
  withTable: trainingTables(objects, duckDbMiB),
  hash: sha256,
  save: saveModel(objects, now),
  copyModel: copyModel(objects),
});

/** @param load makes a model of its bytes */
export const evaluationContext = (bucket: string, load: (bytes: Uint8Array) => Promise<Scorer>, objects: Objects = s3Objects(s3())): EvaluationContext => ({
  withTable: trainingTables(objects, duckDbMiB),
  signature: async (modelUri, digest) => (await describeModel(objects, modelUri, digest)).signature,
  load: async (modelUri, digest) => load(await modelFiles(objects, modelCache).read(modelUri, digest)),
  keep: keepJudgedRows(objects, bucket),
});

export const comparisonContext = (objects: Objects = s3Objects(s3())): ComparisonContext => ({ judged: judgedRows(objects) });
