import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import * as z from "zod";

const folder = new URL("./data/drift/", import.meta.url);
const number = z.number();
const Expected = z.object({
  numeric: z.record(z.string(), z.object({ d: number, p: number, wasserstein: number, psi: number })),
  categorical: z.record(z.string(), z.object({ chi2: number, degrees: number, p: number, jensenShannon: number, psi: number })),
  raw: z.record(z.string(), number),
  bh: z.record(z.string(), number),
  drifted: z.array(z.string()),
  newCategories: z.record(z.string(), z.array(z.string())),
  newCategoryRows: number,
  missing: z.record(z.string(), z.tuple([number, number])),
  duplicateRows: z.tuple([number, number]),
});

/** 5,000 + 5,000 rows with planted changes; scipy's and numpy's figures for them. See `madeWith` in the file. */
export const expected = Expected.parse(JSON.parse(readFileSync(new URL("expected.json", folder), "utf8")));
export const driftFile = (side: "reference" | "current") => fileURLToPath(new URL(`${side}.csv.gz`, folder));

/** A side of the case, column by column, as text; "" is missing. */
export function driftColumns(side: "reference" | "current"): ReadonlyMap<string, readonly string[]> {
  const [header = "", ...lines] = gunzipSync(readFileSync(driftFile(side)))
    .toString("utf8")
    .trimEnd()
    .split("\n");
  const rows = lines.map((line) => line.split(","));
  return new Map(header.split(",").map((name, k) => [name, rows.map((row) => row[k] ?? "")]));
}
