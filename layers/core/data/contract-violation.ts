import type { ContractReport } from "#contracts/platform/data-contract.ts";

/** Data broke their contract. State machines catch this name; the message ends with where the report is. */
export class DataContractViolation extends Error {
  override readonly name = "DataContractViolation";
  readonly reportUri: string;
  constructor(report: ContractReport, reportUri: string) {
    const first = report.errors[0];
    const more = report.errors.length > 1 ? ` and ${report.errors.length - 1} more` : "";
    super(`dataset ${report.dataset} breaks its contract: ${first?.message ?? "unknown rule"}${more}; report ${reportUri}`);
    this.reportUri = reportUri;
  }
}
