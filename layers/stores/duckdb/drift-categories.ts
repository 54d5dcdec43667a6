import * as z from "zod";
import type { CategoricalPair, SkippedColumn } from "#core/monitoring/profile.ts";
import { type DuckDbSession, identifier } from "./session.ts";

/** Categories that are told apart; the rest count together. */
const maxCategories = 1000;
/** More distinct values than this share of rows, in a column of many rows: an identifier, of which no window repeats the reference's. */
const identifierShare = 0.5;

const count = z.union([z.bigint(), z.number()]).transform(Number);

async function distinctValues(session: DuckDbSession, view: string, names: readonly string[]) {
  const one = (name: string, k: number) => `count(${identifier(name)}) AS n${k}, approx_count_distinct(${identifier(name)}) AS d${k}`;
  const [row = {}] = await session.rows(`SELECT ${["count(*) AS rows", ...names.map(one)].join(", ")} FROM ${identifier(view)}`);
  const rows = count.parse(row["rows"]);
  return names.map((_name, k) => {
    const present = count.parse(row[`n${k}`]);
    return { rows, missing: rows - present, present, distinct: count.parse(row[`d${k}`]) };
  });
}

/** Counts of both sides, the most frequent categories first; beyond the bound one row with the number of categories it stands for. */
async function countsOf(session: DuckDbSession, name: string) {
  const column = identifier(name);
  const rows = await session.rows(
    `WITH counted AS (
       SELECT v, count(*) FILTER (side = 0) AS r, count(*) FILTER (side = 1) AS c
       FROM (SELECT ${column} AS v, 0 AS side FROM reference_rows UNION ALL SELECT ${column}, 1 FROM current_rows)
       WHERE v IS NOT NULL GROUP BY v),
     ranked AS (SELECT *, row_number() OVER (ORDER BY r + c DESC, v) AS place FROM counted)
     SELECT CASE WHEN place <= ${maxCategories} THEN v END AS v, sum(r) AS r, sum(c) AS c, count(*) AS categories
     FROM ranked GROUP BY 1, least(place, ${maxCategories + 1}) ORDER BY min(place)`,
  );
  return rows.map((row) => ({
    category: z.string().nullable().parse(row["v"]),
    reference: count.parse(row["r"]),
    current: count.parse(row["c"]),
    categories: count.parse(row["categories"]),
  }));
}

/** Both sides of every categorical column; identifiers are skipped, since each of their values is new. */
export async function categoricalPairs(session: DuckDbSession, names: readonly string[]): Promise<(CategoricalPair | SkippedColumn)[]> {
  if (names.length === 0) return [];
  const reference = await distinctValues(session, "reference_rows", names);
  const current = await distinctValues(session, "current_rows", names);
  const pairs: (CategoricalPair | SkippedColumn)[] = [];
  for (const [k, name] of names.entries()) {
    const [r, c] = [reference[k], current[k]];
    if (!r || !c) throw new TypeError(`no summary of column ${name}`);
    if (r.present > maxCategories && r.distinct > identifierShare * r.present) {
      pairs.push({ kind: "skipped", name, reason: `about ${r.distinct} distinct values in ${r.present} rows: an identifier` });
      continue;
    }
    const rows = await countsOf(session, name);
    const rest = rows.find(({ category }) => category === null);
    pairs.push({
      kind: "categorical",
      name,
      reference: { rows: r.rows, missing: r.missing },
      current: { rows: c.rows, missing: c.missing },
      counts: rows.flatMap(({ category, reference: inReference, current: inCurrent }) =>
        category === null ? [] : [{ category, reference: inReference, current: inCurrent }],
      ),
      unlisted: { categories: rest?.categories ?? 0, reference: rest?.reference ?? 0, current: rest?.current ?? 0 },
    });
  }
  return pairs;
}
