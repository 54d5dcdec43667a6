import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import type { ITableV2 } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import type { BucketName, TableName } from "#contracts/function-spec.ts";
import type { DeploymentConfig } from "../config.ts";
import { PlatformBucket } from "../constructs/platform-bucket.ts";
import { PlatformTable } from "../constructs/platform-table.ts";
import { tables } from "../inventory.ts";

export interface StorageStackProps extends StackProps {
  readonly config: DeploymentConfig;
}

const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** What must survive everything else: tables, buckets, and the key that encrypts them. Its construct ids are frozen by a test. */
export class StorageStack extends Stack {
  readonly tables: Readonly<Record<TableName, ITableV2>>;
  readonly buckets: Readonly<Record<BucketName, IBucket>>;
  /** Access logs of buckets and of the console. */
  readonly logs: IBucket;
  /** Encrypts everything here where the configuration asks for a key of the customer's own. */
  readonly key: Key | undefined;

  constructor(scope: Construct, id: string, { config, ...props }: StorageStackProps) {
    super(scope, id, { ...props, terminationProtection: config.retainData });
    const removalPolicy = config.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.key = config.customerManagedKey
      ? new Key(this, "Key", { enableKeyRotation: true, removalPolicy, description: `capstan ${config.stage}: tables and buckets` })
      : undefined;
    // Alarms and rules publish to a topic that the key encrypts.
    this.key?.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com"), new ServicePrincipal("events.amazonaws.com")],
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: ["*"],
      }),
    );
    const key = this.key && { key: this.key };

    const table = (name: TableName) => new PlatformTable(this, `${pascal(name)}Table`, { config, timeToLive: tables[name].timeToLive, ...key });
    this.tables = { tracking: table("tracking"), features: table("features"), platform: table("platform"), tokens: table("tokens") };

    this.logs = new Bucket(this, "Logs", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      encryption: BucketEncryption.S3_MANAGED,
      // CloudFront writes its logs with an ACL.
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      removalPolicy,
      lifecycleRules: [{ expiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    const old = Duration.days(config.captureRetentionDays);
    const expiring = { artifacts: {}, data: { "captures/": old, "captures-compact/": old } };
    const bucket = (name: BucketName) => new PlatformBucket(this, `${pascal(name)}Bucket`, { config, accessLogs: this.logs, expiring: expiring[name], ...key });
    new CfnOutput(this, "TokensTableName", { value: this.tables.tokens.tableName, description: "npm run token -- --table <this> --principal <you>" });
    this.buckets = { artifacts: bucket("artifacts"), data: bucket("data") };
  }
}
