import { Aws, CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import type { DeploymentConfig } from "../config.ts";
import { contentSecurityPolicy, securityHeaders } from "../console-headers.ts";
import { consolePaths } from "../console-paths.ts";
import { functionsOf } from "../placement.ts";
import type { ApiStack } from "./api.ts";
import type { StorageStack } from "./storage.ts";

export interface WebStackProps extends StackProps {
  readonly config: DeploymentConfig;
  readonly storage: StorageStack;
  readonly api: ApiStack;
}

/** `/api/2.0/mlflow/runs/get` -> `/api/*`, `/endpoints/{name}/invocations` -> `/endpoints/?/invocations` with a star for the name: a distribution has 75 behaviours. */
function patternsOf(path: string): string[] {
  if (path.startsWith("/api/")) return ["/api/*", "/ajax-api/*"];
  return [path.startsWith("/capstan/") ? "/capstan/*" : path.replaceAll(/\{[^}]+\}/g, "*")];
}
const apiPatterns = () => {
  const all = functionsOf("api").flatMap(({ contracts = [] }) => contracts.flatMap(({ routes }) => Object.values(routes)));
  return [...new Set(all.flatMap(({ path }) => patternsOf(path)))].toSorted();
};

/** One name for everything: the console's files from a bucket, and the API behind the same address. */
export class WebStack extends Stack {
  constructor(scope: Construct, id: string, { config, storage, api, ...props }: WebStackProps) {
    super(scope, id, props);
    const site = new Bucket(this, "Site", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.DESTROY,
      serverAccessLogsBucket: storage.logs,
      serverAccessLogsPrefix: "site/",
    });
    const toApi: BehaviorOptions = {
      origin: new HttpOrigin(`${api.api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`, { readTimeout: Duration.seconds(30) }),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    };
    const distribution = new Distribution(this, "Distribution", {
      comment: `capstan ${config.stage}`,
      defaultRootObject: "index.html",
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      enableLogging: true,
      logBucket: storage.logs,
      logFilePrefix: "cloudfront/",
      ...(config.domain && {
        domainNames: [config.domain.name],
        certificate: Certificate.fromCertificateArn(this, "Certificate", config.domain.certificateArn),
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(site),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: this.headers(config),
        compress: true,
        // Not an error page for 403: that would stand in for the API's refusals too.
        functionAssociations: [{ function: this.consolePaths(), eventType: FunctionEventType.VIEWER_REQUEST }],
      },
      additionalBehaviors: Object.fromEntries(apiPatterns().map((pattern) => [pattern, toApi])),
    });
    new CfnOutput(this, "ConsoleUrl", { value: `https://${config.domain?.name ?? distribution.distributionDomainName}` });
    new CfnOutput(this, "SiteBucket", { value: site.bucketName, description: "aws s3 sync web/dist s3://<this> --delete" });
    new CfnOutput(this, "DistributionId", { value: distribution.distributionId });
  }

  private consolePaths(): EdgeFunction {
    return new EdgeFunction(this, "ConsolePaths", { code: FunctionCode.fromInline(consolePaths), runtime: FunctionRuntime.JS_2_0 });
  }

  private headers(config: DeploymentConfig): ResponseHeadersPolicy {
    const own = ["cross-origin-opener-policy", "permissions-policy"] as const;
    return new ResponseHeadersPolicy(this, "Headers", {
      responseHeadersPolicyName: `capstan-${config.stage}-console`,
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
      },
      customHeadersBehavior: { customHeaders: own.map((header) => ({ header, value: securityHeaders[header], override: true })) },
    });
  }
}
