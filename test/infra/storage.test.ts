import { Match } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, it } from "vitest";
import { type Resource, templatesOf } from "./synthesis.ts";

type Storage = Awaited<ReturnType<typeof templatesOf>>["storage"];

describe("the storage stack", () => {
  let storage: Storage;
  beforeAll(async () => {
    ({ storage } = await templatesOf());
  });

  it("keeps the logical ids of what holds data: another id is another, empty table", () => {
    const holding = ["AWS::DynamoDB::GlobalTable", "AWS::S3::Bucket"];
    const resources = Object.entries(storage.toJSON()["Resources"] as Record<string, Resource>);

    const ids = resources.filter(([, { Type }]) => holding.includes(Type)).map(([id]) => id);

    expect(ids.toSorted()).toEqual([
      "ArtifactsBucket2AAC5544",
      "DataBucketE3889A50",
      "FeaturesTable52D06210",
      "Logs6819BB44",
      "PlatformTable5198EBA1",
      "TokensTable6C9B5BC6",
      "TrackingTable170A6688",
    ]);
  });

  it("can bring every table back to any second of 35 days, and lets nobody delete one", () => {
    storage.resourceCountIs("AWS::DynamoDB::GlobalTable", 4);
    storage.allResources("AWS::DynamoDB::GlobalTable", {
      DeletionPolicy: "Retain",
      Properties: Match.objectLike({
        BillingMode: "PAY_PER_REQUEST",
        Replicas: [
          Match.objectLike({
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
          }),
        ],
      }),
    });
  });

  it("forgets expired items of the tables that have such, and of no other", () => {
    const expiring = Object.keys(
      storage.findResources("AWS::DynamoDB::GlobalTable", { Properties: { TimeToLiveSpecification: { AttributeName: "expiresAt" } } }),
    );

    expect(expiring.map((id) => id.replace(/Table.*/, "")).toSorted()).toEqual(["Features", "Platform", "Tokens"]);
  });

  it("keeps every bucket private and encrypted", () => {
    storage.allResourcesProperties("AWS::S3::Bucket", {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      BucketEncryption: Match.anyValue(),
    });
  });

  it("refuses every bucket's plain HTTP and old TLS", () => {
    const denied = (condition: object) => Match.objectLike({ Effect: "Deny", Action: "s3:*", Principal: { AWS: "*" }, Condition: condition });

    storage.resourceCountIs("AWS::S3::BucketPolicy", 3);
    storage.allResourcesProperties("AWS::S3::BucketPolicy", {
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([denied({ Bool: { "aws:SecureTransport": "false" } }), denied({ NumericLessThan: { "s3:TlsVersion": 1.2 } })]),
      }),
    });
  });

  it("keeps deleted and overwritten objects for 30 days, and unfinished uploads for one", () => {
    storage.resourcePropertiesCountIs(
      "AWS::S3::Bucket",
      {
        VersioningConfiguration: { Status: "Enabled" },
        LifecycleConfiguration: {
          Rules: Match.arrayWith([
            Match.objectLike({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }),
          ]),
        },
      },
      2,
    );
  });
});

describe("the storage stack's captured predictions", () => {
  it("are deleted after as many days as configured, and nothing else is", async () => {
    const rulesOf = async (config: Parameters<typeof templatesOf>[0]) => {
      const { storage } = await templatesOf(config);
      const buckets = Object.values(storage.findResources("AWS::S3::Bucket", { Properties: { VersioningConfiguration: { Status: "Enabled" } } }));
      const rules = buckets.flatMap(({ Properties }) => Properties.LifecycleConfiguration.Rules as { Prefix?: string; ExpirationInDays?: number }[]);
      return rules.filter(({ ExpirationInDays }) => ExpirationInDays !== undefined).map(({ Prefix, ExpirationInDays }) => [Prefix, ExpirationInDays]);
    };

    expect(await rulesOf({ retainData: false, captureRetentionDays: 7 })).toEqual([
      ["captures/", 7],
      ["captures-compact/", 7],
    ]);
  });
});

describe("the storage stack with a key of the customer's own", () => {
  it("encrypts tables and buckets with it, and lets alarms publish", async () => {
    const { storage, monitoring } = await templatesOf({ customerManagedKey: true, region: "eu-central-1" });

    storage.allResourcesProperties("AWS::DynamoDB::GlobalTable", { SSESpecification: { SSEEnabled: true, SSEType: "KMS" } });
    storage.resourcePropertiesCountIs("AWS::S3::Bucket", { BucketEncryption: sseKms }, 2);
    monitoring.hasResourceProperties("AWS::SNS::Topic", { KmsMasterKeyId: Match.anyValue() });
    storage.hasResourceProperties("AWS::KMS::Key", {
      EnableKeyRotation: true,
      KeyPolicy: Match.objectLike({
        Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] } })]),
      }),
    });
  });

  const sseKms = Match.objectLike({
    ServerSideEncryptionConfiguration: [Match.objectLike({ ServerSideEncryptionByDefault: Match.objectLike({ SSEAlgorithm: "aws:kms" }) })],
  });
});

describe("the storage stack of a throw-away stage", () => {
  it("goes with its tables", async () => {
    const { storage } = await templatesOf({ retainData: false });

    storage.allResources("AWS::DynamoDB::GlobalTable", {
      DeletionPolicy: "Delete",
      Properties: Match.objectLike({ Replicas: [Match.objectLike({ DeletionProtectionEnabled: false })] }),
    });
  });
});
