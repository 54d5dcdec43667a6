import type * as z from "zod";
import type { ContractReport } from "#contracts/platform/data-contract.ts";
import type { ValidateInput, ValidateOutput } from "#contracts/platform/dataset-tasks.ts";
import { DataContractViolation } from "./contract-violation.ts";
import type { DatasetTaskContext } from "./datasets.ts";

export type ValidationContext = Pick<DatasetTaskContext, "datasets" | "documents" | "work">;

async function reportOf({ datasets, work }: ValidationContext, { dataset, uri, contract: given }: z.output<typeof ValidateInput>): Promise<ContractReport> {
  const contract = given ?? (await datasets.find(dataset))?.contract ?? null;
  if (contract) return { dataset, uri, ...(await work.check(uri, contract)) };
  const { rows, contract: proposed } = await work.propose(uri);
  return { ok: true, dataset, uri, rows, errors: [], warnings: [], proposed };
}

/**
 * Holds data against a contract and stores the report; without a contract the report proposes one.
 * @throws DataContractViolation once the report is stored
 */
export async function validateDataset(ctx: ValidationContext, input: z.output<typeof ValidateInput>): Promise<z.input<typeof ValidateOutput>> {
  const report = await reportOf(ctx, input);
  const reportUri = await ctx.documents.writeReport(report);
  if (!report.ok) throw new DataContractViolation(report, reportUri);
  return { ok: true, reportUri, rows: report.rows, warnings: report.warnings.length };
}
