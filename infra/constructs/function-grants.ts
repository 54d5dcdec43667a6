import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Access, BucketName, FunctionSpec, TableName } from "#contracts/function-spec.ts";
import type { StorageStack } from "../stacks/storage.ts";
import { bucketGrants, keyGrant, tableGrant } from "./grants.ts";

const entries = <K extends string>(needs: Partial<Record<K, Access>> = {}) => Object.entries(needs) as [K, Access][];

/** What a function may do, from its declaration: its tables, its buckets, their key, the actions that it names, and nothing else. */
export function functionGrants(spec: FunctionSpec, { tables, buckets, key }: StorageStack): PolicyStatement[] {
  const [ofTables, ofBuckets] = [entries<TableName>(spec.tables), entries<BucketName>(spec.buckets)];
  const accesses = [...ofTables, ...ofBuckets].map(([, access]) => access);
  return [
    ...ofTables.map(([name, access]) => tableGrant(tables[name], access)),
    ...ofBuckets.flatMap(([name, access]) => bucketGrants(buckets[name], access)),
    ...(key && accesses.length > 0 ? [keyGrant(key, accesses.includes("readWrite") ? "readWrite" : "read")] : []),
    ...(spec.actions ?? []).map(({ action, resource }) => new PolicyStatement({ actions: [action], resources: [resource] })),
  ];
}
