import type { endpointContract } from "#contracts/platform/endpoints.ts";
import { address } from "../address.ts";
import type { ReplyOf } from "../client.ts";
import { number } from "../parts/format.ts";
import { useRead } from "../queries.ts";

/** Requests and failures of the last five minutes, in a few words. */
export function EndpointTraffic({ name }: { readonly name: string }) {
  const path = address(["capstan", "v1", "endpoints", name, "statistics"], { minutes: 5 });
  const { data } = useRead<ReplyOf<typeof endpointContract, "getEndpointStatistics">>(path);
  if (!data) return <>-</>;
  const sum = (of: "requests" | "errors") => data.variants.reduce((total, variant) => total + variant[of], 0);
  const requests = sum("requests");
  if (requests === 0) return <>no traffic</>;
  const p95 = Math.max(...data.variants.map((variant) => variant.p95 ?? 0));
  return (
    <span className="number">
      {number(requests)} requests, {number(sum("errors"))} failed, p95 {number(p95)} ms
    </span>
  );
}
