import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { ReactNode } from "react";

/** Labelled facts side by side; one that is absent is left out. */
export function Facts({ facts, columns = 4 }: { readonly facts: readonly (readonly [label: string, value: ReactNode])[]; readonly columns?: number }) {
  const known = facts.filter(([, value]) => value !== undefined && value !== null && value !== "");
  return <KeyValuePairs columns={columns} items={known.map(([label, value]) => ({ label, value: <span className="name">{value}</span> }))} />;
}
