import { CfnOutput, Duration, Fn, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  type IOrigin,
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
import { contentSecurityPolicy } from "../console-headers.ts";
import { functions } from "../inventory.ts";
import { apiFunctionNames } from "../placement.ts";
import { routeKeys } from "../route-keys.ts";
import type { ApiStack } from "./api.ts";
import type { StorageStack } from "./storage.ts";

export interface WebStackProps extends StackProps {
  readonly config: DeploymentConfig;
  readonly storage: StorageStack;
  readonly api: ApiStack;
}

/** `/api/2.0/mlflow/runs/{proxy+}` -> `/api/*`: CloudFront has 25 behaviours, so that each first segment is one. */
const apiPatterns = () => {
  const paths = routeKeys(functions.filter(({ name }) => apiFunctionNames.has(name))).map(({ path }) => path);
  const first = (path: string) => path.split("/")[1] ?? "";
  return [...new Set(paths.flatMap((path) => (path.split("/").length > 2 ? [`/${first(path)}/*`] : [path])))].toSorted();
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
    const headers = new ResponseHeadersPolicy(this, "Headers", {
      responseHeadersPolicyName: `capstan-${config.stage}-console`,
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
      },
    });
    const apiHost = Fn.select(2, Fn.split("/", api.api.apiEndpoint));
    const toApi = (origin: IOrigin): BehaviorOptions => ({
      origin,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    });
    const behavior = toApi(new HttpOrigin(apiHost, { readTimeout: Duration.seconds(30) }));
    const distribution = new Distribution(this, "Distribution", {
      comment: `capstan ${config.stage}`,
      defaultRootObject: "index.html",
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      enableLogging: true,
      logBucket: storage.logs,
      logFilePrefix: "cloudfront/",
      ...(config.domain && {
        domainNames: [config.domain.name],
        certificate: Certificate.fromCertificateArn(this, "Certificate", config.domain.certificateArn),
      }),
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(site),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: headers,
        compress: true,
      },
      // A page's address has no file: the bucket says 403, the console's document answers.
      errorResponses: [{ httpStatus: 403, responseHttpStatus: 200, responsePagePath: "/index.html", ttl: Duration.minutes(1) }],
      additionalBehaviors: Object.fromEntries(apiPatterns().map((pattern) => [pattern, behavior])),
    });
    new CfnOutput(this, "ConsoleUrl", { value: `https://${config.domain?.name ?? distribution.distributionDomainName}` });
    new CfnOutput(this, "SiteBucket", { value: site.bucketName, description: "aws s3 sync web/dist s3://<this> --delete" });
    new CfnOutput(this, "DistributionId", { value: distribution.distributionId });
  }
}
