import { errorCatalog } from "#contracts/errors.ts";
import type { Contract } from "#contracts/route.ts";

/** docs/reference/errors.md: every code of the catalogue, its status, what to do, and who answers it. */
export function errorReference(contracts: readonly Contract[]): string {
  const usedBy = (code: string) =>
    contracts.filter(({ routes }) => Object.values(routes).some(({ errors }) => errors.some((error) => error === code))).map(({ name }) => name);
  const rows = Object.entries(errorCatalog).map(([code, { status, fix }]) => `| \`${code}\` | ${status} | ${fix} | ${usedBy(code).join(", ") || "any"} |`);
  return [
    "# Errors",
    "",
    "Every refusal carries one of these codes. MLflow's and the platform's own surfaces answer `{error_code, message}`, Feast's `{detail}`,",
    "Open Inference Protocol `{error}`, SageMaker `{message}` with `x-amzn-errortype`.",
    "",
    "| code | status | what to do | named by |",
    "|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
