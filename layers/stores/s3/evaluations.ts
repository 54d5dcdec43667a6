import type { JudgedRow } from "#core/training/evaluate-model.ts";
import type { Cell, ColumnType } from "../parquet/column-bytes.ts";
import { type ParquetColumn, writeParquet } from "../parquet/write-parquet.ts";
import { formatS3Uri, type Objects } from "./objects.ts";

/*
 * Judged rows in the bucket `data`:
 *
 * | key                                              | holds                                                          |
 * |--------------------------------------------------|----------------------------------------------------------------|
 * | evaluations/<digest of the model>/<test>.parquet | a row for each test row: row, truth, predicted, loss, error    |
 */
const column = (name: string, type: ColumnType, values: readonly Cell[]): ParquetColumn => ({ name, type, isList: false, values });

/** Writes what a model said of each test row. The key names both sides, so that writing again changes nothing. */
export const keepJudgedRows =
  (objects: Objects, bucket: string) =>
  async (digest: string, testHash: string, rows: readonly JudgedRow[]): Promise<string> => {
    const value: ColumnType = typeof rows[0]?.truth === "string" ? "text" : "double";
    const bytes = writeParquet(rows.length, [
      column(
        "row",
        "int32",
        rows.map((_, row) => row),
      ),
      column(
        "truth",
        value,
        rows.map(({ truth }) => truth),
      ),
      column(
        "predicted",
        value,
        rows.map(({ predicted }) => predicted),
      ),
      column(
        "loss",
        "double",
        rows.map(({ loss }) => loss),
      ),
      column(
        "error",
        "double",
        rows.map(({ error }) => error),
      ),
    ]);
    const address = { bucket, key: `evaluations/${digest}/${testHash}.parquet` };
    await objects.put(address, bytes, "application/vnd.apache.parquet");
    return formatS3Uri(address);
  };
