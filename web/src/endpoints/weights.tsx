import type * as z from "zod";
import type { Variant } from "#contracts/platform/endpoint.ts";
import { percent } from "../parts/format.ts";

/** Who has which share of the traffic, the largest first. */
export function Weights({ variants }: { readonly variants: readonly z.input<typeof Variant>[] }) {
  const text = variants
    .toSorted((left, right) => right.weight - left.weight)
    .map(({ modelName, modelVersion, weight, revoked }) => `${modelName} v${modelVersion} ${percent(weight)}${revoked ? " (revoked)" : ""}`);
  return <span className="name">{text.join(", ")}</span>;
}
