import { type BucketName, bucketNeed, bucketVariable, type FunctionSpec, type TableName, tableVariable } from "#contracts/function-spec.ts";

const list = (values: readonly string[]) => values.join(", ") || "-";

function trigger({ contracts = [], schedule, on = [] }: FunctionSpec): string {
  const routes = contracts.map(({ name }) => `HTTP: ${name}`);
  const events = on.map(({ detailType }) => `event: ${detailType}`);
  return list([...routes, ...(schedule ? [schedule.expression] : []), ...events]) === "-"
    ? "state machine"
    : list([...routes, ...(schedule ? [schedule.expression] : []), ...events]);
}

/** docs/reference/functions.md: what each function does, when it runs and what it may touch. */
export function functionReference(specs: readonly FunctionSpec[]): string {
  const needs = ({ tables = {}, buckets = {} }: FunctionSpec) =>
    list([
      ...Object.entries(tables).map(([name, access]) => `\`${tableVariable(name as TableName)}\` ${access}`),
      ...Object.entries(buckets).map(([name, need]) => {
        const { access, folders } = bucketNeed(need);
        const places = folders.filter((folder) => folder !== "").map((folder) => `\`${folder}\``);
        return `\`${bucketVariable(name as BucketName)}\` ${[access, ...places].join(" ")}`;
      }),
    ]);
  const rows = [...specs]
    .sort((a, b) => a.name.localeCompare(b.name, "en"))
    .map(
      (spec) =>
        `| ${spec.name} | ${spec.summary} | ${trigger(spec)} | ${needs(spec)} | ${spec.memoryMiB ?? 512} | ${spec.timeoutSeconds ?? (spec.contracts ? 29 : 60)} |`,
    );
  return [
    "# Functions",
    "",
    "One folder in `functions/` each; in an account one Lambda function each.",
    "",
    "| name | does | runs on | may touch | MiB | seconds |",
    "|---|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
