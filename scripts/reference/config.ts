import * as z from "zod";
import { DeploymentConfig } from "#infra/config.ts";

interface Knob {
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Knob[];
  readonly oneOf?: readonly Knob[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Knob>>;
}

function allowed({ type, enum: values, anyOf, oneOf, const: constant, minimum, maximum, pattern, properties }: Knob): string {
  if (constant !== undefined) return JSON.stringify(constant);
  if (values) return values.map((value) => JSON.stringify(value)).join(", ");
  const options = anyOf ?? oneOf;
  if (options) return options.map(allowed).join(" or ");
  if (properties)
    return `{ ${Object.entries(properties)
      .map(([name, knob]) => `${name}: ${allowed(knob)}`)
      .join(", ")} }`;
  const range = minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? ` ${minimum} to ${maximum}` : "";
  return `${type ?? "any"}${range}${pattern === undefined ? "" : ` matching \`${pattern.replaceAll("|", "\\|")}\``}`;
}

/** docs/reference/config.md: every knob of a deployment. */
export function configReference(): string {
  const { properties } = z.toJSONSchema(DeploymentConfig, { io: "input" }) as { properties: Readonly<Record<string, Knob>> };
  const rows = Object.entries(properties).map(
    ([name, knob]) =>
      `| \`${name}\` | ${allowed(knob)} | ${knob.default === undefined ? "-" : `\`${JSON.stringify(knob.default)}\``} | ${knob.description ?? ""} |`,
  );
  return [
    "# Configuration",
    "",
    "The context key `capstan` of `cdk.json`, or `-c capstan='{...}'`.",
    "",
    "| knob | allowed | default | meaning |",
    "|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
