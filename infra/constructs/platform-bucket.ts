import { Duration, RemovalPolicy } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, type IBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import type { DeploymentConfig } from "../config.ts";

export interface PlatformBucketProps {
  readonly config: DeploymentConfig;
  /** Where its access log goes, under its own id. */
  readonly accessLogs: IBucket;
  /** Prefixes whose objects are deleted by age. @default - none are */
  readonly expiring?: Readonly<Record<string, Duration>>;
  /** @default - SSE-S3 */
  readonly key?: IKey;
}

/** A bucket as all that hold data are: private, TLS only, versioned for 30 days, object events on the default bus, unfinished uploads dropped after a day. */
export class PlatformBucket extends Bucket {
  constructor(scope: Construct, id: string, { config, accessLogs, key, expiring = {} }: PlatformBucketProps) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: config.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: `${id.toLowerCase()}/`,
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(1), noncurrentVersionExpiration: Duration.days(30) },
        ...Object.entries(expiring).map(([prefix, expiration]) => ({ prefix, expiration })),
      ],
      ...(key ? { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true } : { encryption: BucketEncryption.S3_MANAGED }),
    });
    // CDK's `eventBridgeEnabled` adds a Python custom resource; CloudFormation has the property itself.
    (this.node.defaultChild as CfnBucket).notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }
}
