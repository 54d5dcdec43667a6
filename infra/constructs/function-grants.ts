import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { bucketNeed, type FunctionSpec } from "#contracts/function-spec.ts";
import type { StorageStack } from "../stacks/storage.ts";
import { bucketGrants, keyGrant, tableGrant } from "./grants.ts";

const entries = <K extends string, V>(needs: Partial<Record<K, V>> = {}) => Object.entries(needs) as [K, V][];

/** What a function may do, from its declaration: its tables, its buckets, their key, the actions that it names, and nothing else. */
export function functionGrants(spec: FunctionSpec, { tables, buckets, key }: StorageStack): PolicyStatement[] {
  const ofTables = entries(spec.tables);
  const ofBuckets = entries(spec.buckets).map(([name, need]) => ({ name, ...bucketNeed(need) }));
  const accesses = [...ofTables.map(([, access]) => access), ...ofBuckets.map(({ access }) => access)];
  return [
    ...ofTables.map(([name, access]) => tableGrant(tables[name], access)),
    ...ofBuckets.flatMap(({ name, access, folders }) => bucketGrants(buckets[name], access, folders)),
    ...(key && accesses.length > 0 ? [keyGrant(key, accesses.includes("readWrite") ? "readWrite" : "read")] : []),
    ...(spec.actions ?? []).map(({ action, resource }) => new PolicyStatement({ actions: [action], resources: [resource] })),
  ];
}
