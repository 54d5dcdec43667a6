import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { DataContract } from "#contracts/platform/data-contract.ts";
import { inferContract } from "#core/data/infer-contract.ts";
import { profileColumns } from "#stores/duckdb/profile-columns.ts";
import { literal, withDuckDb } from "#stores/duckdb/session.ts";
import { validateFile } from "#stores/duckdb/validate.ts";

type Wire = z.input<typeof DataContract>;
const people = "(VALUES (1, 'a@x.org', 30, 'pro'), (2, 'nobody', 200, 'free'), (2, NULL, -1, 'trial')) t(id, mail, age, plan)";

/** Holds the rows of an SQL relation against a contract. */
async function validate(contract: Wire, relation = people) {
  return await withDuckDb(async (session) => {
    const file = join(session.folder, "data.parquet");
    await session.run(`COPY (SELECT * FROM ${relation}) TO ${literal(file)}`);
    return await validateFile(session, file, DataContract.parse(contract));
  });
}
const id = { name: "id", type: "integer" } as const;
const column = (name: "mail" | "plan" | "age", rule: Omit<Wire["columns"][number], "name" | "type">): Wire => ({
  columns: [{ name, type: name === "age" ? "integer" : "string", ...rule }],
  extraColumns: "allow",
});
const broken: readonly (readonly [Wire, object])[] = [
  [column("mail", { nullable: false }), { rule: "null", rows: 1, message: "column mail must not be null: 1 row", examples: [] }],
  [column("mail", { maxNullShare: 0.3 }), { rule: "null", rows: 1 }],
  [column("mail", { regex: ".+@.+" }), { rule: "regex", rows: 1, examples: ["nobody"] }],
  [column("age", { min: 0 }), { rule: "min", rows: 1, message: "column age must be at least 0: 1 row", examples: ["-1"] }],
  [column("age", { max: 120 }), { rule: "max", rows: 1, examples: ["200"] }],
  [column("plan", { allowed: ["pro", "free"] }), { rule: "allowed", rows: 1, message: "column plan must be one of pro, free: 1 row", examples: ["trial"] }],
  [
    { columns: [{ ...id, unique: true }], extraColumns: "allow" },
    { rule: "unique", rows: 1, examples: ["2"] },
  ],
  [
    { columns: [{ name: "id", type: "string" }], extraColumns: "allow" },
    { rule: "type", message: "column id must be of type string, got integer" },
  ],
  [
    { columns: [{ name: "email", type: "string" }], extraColumns: "allow" },
    { rule: "schema", message: "column email is absent" },
  ],
  [
    { columns: [id], extraColumns: "allow", minRows: 10 },
    { rule: "rows", message: "there must be at least 10 rows, got 3" },
  ],
];

describe("a data contract", () => {
  it("is kept by data that keep it", async () => {
    const report = await validate({ columns: [id], extraColumns: "allow" });

    expect(report).toEqual({ ok: true, rows: 3, errors: [], warnings: [] });
  });

  it.each(broken)("%j names what breaks it, how often and for example where", async (contract, violation) => {
    const report = await validate(contract);

    expect(report).toMatchObject({ ok: false, errors: [violation] });
    expect(report.errors).toHaveLength(1);
  });

  it("takes whole numbers where numbers are promised", async () => {
    expect(await validate({ columns: [{ name: "age", type: "number" }], extraColumns: "allow" })).toMatchObject({ ok: true });
  });

  it("only warns where it says so", async () => {
    const report = await validate({ columns: [id, { name: "age", type: "integer", max: 120, severity: "warning" }] });

    expect(report).toMatchObject({ ok: true, errors: [] });
    expect(report.warnings.map(({ message }) => message)).toEqual([
      "column mail is not in the contract",
      "column plan is not in the contract",
      "column age must be at most 120: 1 row",
    ]);
  });

  it("counts rows that repeat", async () => {
    const report = await validate({ columns: [{ name: "x", type: "integer" }], maxDuplicateShare: 0.2 }, "(VALUES (1), (1), (2), (3)) t(x)");

    expect(report.errors).toMatchObject([{ rule: "duplicates", rows: 1 }]);
  });

  it("cannot be used to run other SQL", async () => {
    const name = `x"; DROP TABLE t; --`;
    const report = await validate({ columns: [{ name, type: "string", allowed: ["a'b"], regex: "o'k" }] }, `(VALUES ('a''b')) t("x""; DROP TABLE t; --")`);

    expect(report.errors).toMatchObject([{ rule: "regex", column: name, examples: ["a'b"] }]);
  });

  it("refuses a pattern that the engine does not know, by name", async () => {
    await expect(validate(column("mail", { regex: "(?=a)a" }))).rejects.toMatchObject({ code: "INVALID_PARAMETER_VALUE" });
  });

  it("that was inferred from data is kept by them, and broken by others", async () => {
    const made = (shift: number) => `(SELECT i AS n, 'id' || i AS code, ['red', 'blue'][i % 2 + 1] AS colour, i / 7.0 + ${shift} AS x FROM range(200) t(i))`;
    const contract = await withDuckDb(async (session) => {
      const file = join(session.folder, "data.parquet");
      await session.run(`COPY (SELECT * FROM ${made(0)}) TO ${literal(file)}`);
      return inferContract(await profileColumns(session, file));
    });

    expect(contract.columns.find(({ name }) => name === "colour")).toMatchObject({ nullable: false, allowed: ["blue", "red"] });
    expect(contract.columns.find(({ name }) => name === "code")).toMatchObject({ unique: true });
    expect(await validate(contract, made(0))).toMatchObject({ ok: true, warnings: [] });
    expect((await validate(contract, made(5))).errors).toMatchObject([{ rule: "max", column: "x" }]);
  });
});
