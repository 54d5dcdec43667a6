import { join } from "node:path";
import { type Objects, parseS3Uri } from "../s3/objects.ts";
import { literal, withDuckDb } from "./session.ts";

/** Columns of judged rows, in the order of the test file. */
export const judgedRows =
  (objects: Objects) =>
  (predictionsUri: string, column: "loss" | "error"): Promise<Float64Array> =>
    withDuckDb(async (session) => {
      const file = join(session.folder, "judged.parquet");
      await objects.download(parseS3Uri(predictionsUri), file);
      const values: number[] = [];
      for await (const [part = []] of session.chunks(`SELECT ${column} FROM read_parquet(${literal(file)}) ORDER BY row`))
        for (const value of part) values.push(Number(value));
      return Float64Array.from(values);
    });
