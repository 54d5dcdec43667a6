import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { CorsHttpMethod, HttpApi, type IHttpRouteAuthorizer, LogGroupLogDestination } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer, HttpLambdaAuthorizer, HttpLambdaResponseType } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { DeploymentConfig } from "../config.ts";
import { HttpRoutes } from "../constructs/http-routes.ts";
import { PlatformFunctions, pascalCase } from "../constructs/platform-functions.ts";
import { functionsOf } from "../placement.ts";
import { routeKeys } from "../route-keys.ts";
import type { PipelinesStack } from "./pipelines.ts";
import type { StorageStack } from "./storage.ts";

export interface ApiStackProps extends StackProps {
  readonly config: DeploymentConfig;
  readonly storage: StorageStack;
  readonly pipelines: PipelinesStack;
}

/** Functions that answer HTTP, and the one that says who is asking. */
const apiFunctions = functionsOf("api");

/** One line a request: enough to find the caller, the function and the time it took. No header, no body. */
const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    requestId: "$context.requestId",
    routeKey: "$context.routeKey",
    path: "$context.path",
    status: "$context.status",
    milliseconds: "$context.responseLatency",
    principal: "$context.authorizer.principal",
    sourceIp: "$context.identity.sourceIp",
    error: "$context.error.message",
    integrationError: "$context.integrationErrorMessage",
  }),
);

/** The HTTP API: one function per resource, one authorizer for all, throttled and logged. Stateless: may be deleted and made again. */
export class ApiStack extends Stack {
  readonly api: HttpApi;
  readonly functions: PlatformFunctions;

  constructor(scope: Construct, id: string, { config, storage, pipelines, ...props }: ApiStackProps) {
    super(scope, id, props);
    this.functions = new PlatformFunctions(this, "Functions", { config, storage, specs: apiFunctions });
    for (const spec of apiFunctions) pipelines.connect(spec, this.functions.get(spec.name));

    this.api = new HttpApi(this, "Api", {
      apiName: `capstan-${config.stage}`,
      createDefaultStage: false,
      ...(config.corsOrigins.length > 0 && {
        corsPreflight: {
          allowOrigins: config.corsOrigins,
          allowMethods: [CorsHttpMethod.ANY],
          allowHeaders: ["authorization", "content-type", "if-none-match"],
          exposeHeaders: ["etag"],
          maxAge: Duration.hours(1),
        },
      }),
    });
    const authorizer = this.authorizer(config);
    const byFunction = Map.groupBy(routeKeys(apiFunctions), ({ functionName }) => functionName);
    for (const [name, keys] of byFunction)
      new HttpRoutes(this, `${pascalCase(name)}Routes`, { api: this.api, handler: this.functions.get(name).function, keys, authorizer });

    const accessLogs = new LogGroup(this, "AccessLogs", {
      logGroupName: `/aws/vendedlogs/capstan-${config.stage}-api`,
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.api.addStage("Live", {
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: config.throttle.requestsPerSecond, burstLimit: config.throttle.burst },
      accessLogSettings: { destination: new LogGroupLogDestination(accessLogs), format: accessLogFormat },
    });
    new CfnOutput(this, "ApiUrl", { value: this.api.apiEndpoint, description: "MLFLOW_TRACKING_URI, and every other client's base address" });
  }

  private authorizer({ auth }: DeploymentConfig): IHttpRouteAuthorizer {
    if (auth.kind === "jwt") return new HttpJwtAuthorizer("Jwt", auth.issuer, { jwtAudience: auth.audience });
    return new HttpLambdaAuthorizer("Tokens", this.functions.get("authorizer").function, {
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      resultsCacheTtl: Duration.seconds(auth.cacheSeconds),
      identitySource: ["$request.header.Authorization"],
    });
  }
}
