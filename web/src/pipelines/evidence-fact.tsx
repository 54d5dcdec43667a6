import { address } from "../address.ts";
import { GoTo } from "../parts/go-to.tsx";

const pages: Readonly<Record<string, string>> = { runId: "runs", endpoint: "endpoints" };

/** One piece of evidence, as a link where the console has a page for it. */
export function EvidenceFact({ name, value }: { readonly name: string; readonly value: unknown }) {
  const page = pages[name];
  if (typeof value !== "string") return JSON.stringify(value);
  return page === undefined ? value : <GoTo href={address([page, value])}>{value}</GoTo>;
}
