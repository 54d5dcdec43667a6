import * as z from "zod";

export const ColumnType = z
  .enum(["boolean", "integer", "number", "string", "date", "timestamp"])
  .meta({ id: "ColumnType", description: "The types of a dataset's columns." });
export type ColumnType = z.output<typeof ColumnType>;

export const DatasetColumn = z.object({ name: z.string(), type: ColumnType }).meta({ id: "DatasetColumn", description: "A column of a dataset." });
export type DatasetColumn = z.output<typeof DatasetColumn>;

const pattern = z.string().refine((text) => {
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}, "must be a regular expression");

export const ColumnRule = z
  .strictObject({
    name: z.string().min(1),
    type: ColumnType,
    nullable: z.boolean().default(true),
    maxNullShare: z.number().min(0).max(1).optional().describe("Where nulls are allowed: at most this share of rows."),
    unique: z.boolean().default(false).describe("No value twice; nulls do not count."),
    min: z.number().optional().describe("Of numbers."),
    max: z.number().optional(),
    allowed: z.array(z.string()).min(1).optional().describe("The only values, as text."),
    regex: pattern.optional().describe("Matches the whole value, RE2 syntax."),
    severity: z.enum(["error", "warning"]).default("error"),
  })
  .meta({ id: "ColumnRule", description: "What a column promises." });
export type ColumnRule = z.output<typeof ColumnRule>;

export const DataContract = z
  .strictObject({
    columns: z.array(ColumnRule).min(1),
    minRows: z.int().min(0).default(1),
    maxRows: z.int().min(1).optional(),
    extraColumns: z.enum(["allow", "warn", "refuse"]).default("warn"),
    maxDuplicateShare: z.number().min(0).max(1).optional().describe("Of rows that equal an earlier one in every column."),
  })
  .meta({ id: "DataContract", description: "What a dataset promises to those who train on it." });
export type DataContract = z.output<typeof DataContract>;

export const Violation = z
  .object({
    rule: z.enum(["schema", "type", "null", "unique", "min", "max", "allowed", "regex", "rows", "duplicates"]),
    column: z.string().nullable(),
    rows: z.int().describe("Rows that break the rule."),
    message: z.string(),
    examples: z.array(z.string()).describe("At most five of the values."),
  })
  .meta({ id: "Violation", description: "A broken rule of a data contract." });
export type Violation = z.output<typeof Violation>;

export const ContractReport = z
  .object({
    ok: z.boolean(),
    dataset: z.string(),
    uri: z.string(),
    rows: z.int(),
    errors: z.array(Violation),
    warnings: z.array(Violation),
    proposed: DataContract.optional().describe("A contract that this data keeps; given where there was none to check."),
  })
  .meta({ id: "ContractReport", description: "A dataset held against its contract." });
export type ContractReport = z.output<typeof ContractReport>;
