import { Duration, RemovalPolicy, Size } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { ApplicationLogLevel, Code, Function as LambdaFunction, LoggingFormat, Runtime, SystemLogLevel, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { type BucketName, bucketVariable, type FunctionSpec, type TableName, tableVariable } from "#contracts/function-spec.ts";
import { bundleFolder } from "../build/functions.ts";
import type { DeploymentConfig } from "../config.ts";
import type { StorageStack } from "../stacks/storage.ts";
import { functionGrants } from "./function-grants.ts";
import { architectureOf, type NativeLayers } from "./native-layers.ts";

export interface PlatformFunctionProps {
  readonly config: DeploymentConfig;
  readonly spec: FunctionSpec;
  readonly storage: StorageStack;
  readonly layers: NativeLayers;
  /** Takes what was delivered to the function and failed three times, where nobody waits for its answer. */
  readonly failed?: IQueue;
}

const nameOf = (config: DeploymentConfig, name: string) => `capstan-${config.stage}-${name}`;
/** Where a function writes its lines. */
export const functionLogGroup = (config: DeploymentConfig, name: string) => `/aws/lambda/${nameOf(config, name)}`;

/** API Gateway waits for 30 s. */
const httpTimeoutSeconds = 29;
const taskTimeoutSeconds = 60;

/**
 * What every function finds besides its own names. A reply of Lambda's holds 6 MiB, of which base64 takes a quarter: larger artifacts go
 * by presigned URLs. Only /tmp can be written.
 */
const common = { MAX_PROXIED_BYTES: "4500000", CAPSTAN_CACHE_FOLDER: "/tmp/capstan" };

function variables({ tables = {}, buckets = {}, environment = {} }: FunctionSpec, storage: StorageStack): Record<string, string> {
  return {
    ...common,
    ...Object.fromEntries((Object.keys(tables) as TableName[]).map((name) => [tableVariable(name), storage.tables[name].tableName])),
    ...Object.fromEntries((Object.keys(buckets) as BucketName[]).map((name) => [bucketVariable(name), storage.buckets[name].bucketName])),
    ...environment,
  };
}

/** One folder of functions/ as one Lambda function: code, role, variables and logs all follow from its declaration. */
export class PlatformFunction extends Construct {
  readonly function: LambdaFunction;
  readonly logGroup: LogGroup;
  readonly role: Role;

  constructor(scope: Construct, id: string, { config, spec, storage, layers, failed }: PlatformFunctionProps) {
    super(scope, id);
    const functionName = nameOf(config, spec.name);
    this.logGroup = new LogGroup(this, "Logs", {
      logGroupName: functionLogGroup(config, spec.name),
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const ownLog = new PolicyStatement({ actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [this.logGroup.logGroupArn] });
    this.role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `what ${spec.name} may do`,
      inlinePolicies: { Needs: new PolicyDocument({ statements: [ownLog, ...functionGrants(spec, storage)] }) },
    });
    this.function = new LambdaFunction(this, "Function", {
      functionName,
      description: spec.summary,
      code: Code.fromAsset(bundleFolder(spec.name)),
      handler: "index.handler",
      runtime: Runtime.NODEJS_24_X,
      architecture: architectureOf(spec),
      memorySize: spec.memoryMiB ?? 512,
      timeout: Duration.seconds(spec.timeoutSeconds ?? (spec.contracts ? httpTimeoutSeconds : taskTimeoutSeconds)),
      ...(spec.ephemeralMiB !== undefined && { ephemeralStorageSize: Size.mebibytes(spec.ephemeralMiB) }),
      role: this.role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: Tracing.ACTIVE,
      layers: layers.for(spec),
      environment: variables(spec, storage),
      ...(failed && { deadLetterQueue: failed }),
    });
  }
}
