import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import type { DeploymentConfig } from "../config.ts";

export interface PlatformTableProps {
  readonly config: DeploymentConfig;
  /** Items carry `expiresAt`, in epoch seconds, and vanish some time after it. */
  readonly timeToLive: boolean;
  /** @default - a key that DynamoDB owns, at no cost */
  readonly key?: IKey;
}

/** A table as all of the platform's are: `pk` and `sk`, on demand with a cap, recoverable to any second of the last 35 days. */
export class PlatformTable extends TableV2 {
  constructor(scope: Construct, id: string, { config, timeToLive, key }: PlatformTableProps) {
    super(scope, id, {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billing: Billing.onDemand({ maxReadRequestUnits: config.maxReadUnitsPerSecond, maxWriteRequestUnits: config.maxWriteUnitsPerSecond }),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: config.retainData,
      removalPolicy: config.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      encryption: key ? TableEncryptionV2.customerManagedKey(key) : TableEncryptionV2.dynamoOwnedKey(),
      ...(timeToLive && { timeToLiveAttribute: "expiresAt" }),
    });
  }
}
