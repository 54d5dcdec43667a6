import type { Run } from "../experiments/wire.ts";
import { number, percent } from "../parts/format.ts";
import { tagOf } from "./names.ts";
import type { SignatureRow } from "./signature.ts";
import { dataOf } from "./trained-on.ts";
import type { Approval, Endpoint, Model, Version } from "./wire.ts";

export interface CardFacts {
  readonly version: Version;
  readonly model: Pick<Model, "description"> | undefined;
  readonly run: Pick<Run, "info" | "data" | "inputs"> | undefined;
  readonly signature: readonly SignatureRow[] | null | undefined;
  readonly approvals: readonly Approval[] | undefined;
  readonly endpoints: readonly Pick<Endpoint, "name" | "variants">[];
  readonly revocation: { readonly reason: string; readonly by: string } | undefined;
  readonly digest: string | undefined;
}

const notSaid = "_Not stated._";
/** A name or value as literal text within a line or a cell. */
const literal = (text: string) => text.replaceAll(/[\\`*_[\]<>|#~!]/g, String.raw`\$&`).replaceAll(/\s+/g, " ");
const iso = (at: number | bigint | string | undefined) => (at === undefined ? "-" : new Date(Number(at)).toISOString());

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return notSaid;
  const line = (cells: readonly string[]) => `| ${cells.map(literal).join(" | ")} |`;
  return [line(head), `|${head.map(() => " --- |").join("")}`, ...rows.map(line)].join("\n");
}

const list = (lines: readonly string[]) => (lines.length === 0 ? notSaid : lines.map((line) => `- ${line}`).join("\n"));

/** A model card in Markdown: what people wrote, and facts that the platform holds. What nobody stated is marked as such. */
export function modelCard({ version, model, run, signature, approvals = [], endpoints, revocation, digest }: CardFacts): string {
  const serving = endpoints.flatMap(({ name, variants }) =>
    variants.filter((it) => it.modelName === version.name && it.modelVersion === version.version).map((it) => [name, it.name, percent(it.weight)]),
  );
  const param = (key: string) => run?.data.params?.find((one) => one.key === key)?.value;
  const sections: readonly (readonly [heading: string, body: string])[] = [
    ["Intended use", model?.description || notSaid],
    ["This version", version.description || notSaid],
    [
      "Facts",
      list([
        `Registered: ${iso(version.creation_timestamp)}`,
        `Aliases: ${literal(version.aliases?.join(", ") || "none")}`,
        `SHA-256 of the model file: ${digest ?? "not recorded"}`,
        `Algorithm: ${literal(param("algorithm") ?? "not recorded")}`,
        ...(run ? [`Run: ${literal(run.info.run_name || run.info.run_id)} (${run.info.run_id}), by ${literal(run.info.user_id ?? "unknown")}`] : []),
        ...(tagOf(version, "capstan.execution") ? [`Pipeline execution: ${literal(tagOf(version, "capstan.execution") ?? "")}`] : []),
        ...(revocation ? [`**Revoked** by ${literal(revocation.by)}: ${literal(revocation.reason)}`] : []),
      ]),
    ],
    [
      "Data",
      run
        ? table(
            ["Dataset", "Version", "For"],
            dataOf(run).map(({ name, digest: of, context = "-" }) => [name, of, context]),
          )
        : notSaid,
    ],
    [
      "Metrics",
      table(
        ["Metric", "Value"],
        (run?.data.metrics ?? []).map(({ key, value }) => [key, number(value)]),
      ),
    ],
    [
      "Parameters",
      table(
        ["Parameter", "Value"],
        (run?.data.params ?? []).map(({ key, value }) => [key, value]),
      ),
    ],
    [
      "Inputs and outputs",
      table(
        ["Name", "Is", "Type", "Columns"],
        (signature ?? []).map(({ name, side, type, columns }) => [name, side, type, columns.join(", ") || "-"]),
      ),
    ],
    [
      "Approvals",
      table(
        ["Decision", "By", "When", "Reason"],
        approvals.map(({ status, decidedBy = "-", decidedAt, reason = "-" }) => [status, decidedBy, iso(decidedAt), reason]),
      ),
    ],
    ["Deployed", serving.length === 0 ? "Nowhere." : table(["Endpoint", "Variant", "Share of traffic"], serving)],
  ];
  return `# ${literal(version.name)}, version ${version.version}\n\n${sections.map(([heading, body]) => `## ${heading}\n\n${body}\n`).join("\n")}`;
}
