import { Duration, RemovalPolicy, Size } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { ApplicationLogLevel, type ILayerVersion, LoggingFormat, Runtime, SystemLogLevel, Tracing } from "aws-cdk-lib/aws-lambda";
import { NodejsFunction, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { type BucketName, bucketVariable, type FunctionSpec, type TableName, tableVariable } from "#contracts/function-spec.ts";
import type { DeploymentConfig } from "../config.ts";
import type { StorageStack } from "../stacks/storage.ts";
import { bucketGrants, keyGrant, tableGrant } from "./grants.ts";
import { architectureOf } from "./native-layers.ts";

export interface PlatformFunctionProps {
  readonly config: DeploymentConfig;
  readonly spec: FunctionSpec;
  readonly storage: StorageStack;
  /** Native code that cannot be bundled, for functions that declare `onnx` or `duckdb`. */
  readonly layers?: readonly ILayerVersion[];
  /** Variables beyond those that the declaration implies. */
  readonly environment?: Readonly<Record<string, string>>;
}

const path = (relative: string) => new URL(relative, import.meta.url).pathname;
/**
 * ES modules, which start faster; they need a `require` for a CommonJS dependency. Functions with native layers are CommonJS, since only
 * `require` looks into /opt/nodejs/node_modules.
 */
const bundle = ({ onnx = false, duckdb = false }: FunctionSpec) =>
  onnx || duckdb
    ? { format: OutputFormat.CJS }
    : { format: OutputFormat.ESM, banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" };

/** One folder of functions/ as one Lambda function: code, role, variables and logs all follow from its declaration. */
export class PlatformFunction extends Construct {
  readonly function: NodejsFunction;
  readonly logGroup: LogGroup;
  readonly role: Role;

  constructor(scope: Construct, id: string, { config, spec, storage, layers = [], environment = {} }: PlatformFunctionProps) {
    super(scope, id);
    const functionName = `capstan-${config.stage}-${spec.name}`;
    this.logGroup = new LogGroup(this, "Logs", {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `what ${spec.name} may do`,
      inlinePolicies: { Needs: new PolicyDocument({ statements: this.statements(spec, storage) }) },
    });
    this.function = new NodejsFunction(this, "Function", {
      functionName,
      description: spec.summary,
      entry: path(`../../functions/${spec.name}/lambda.ts`),
      handler: "handler",
      projectRoot: path("../.."),
      depsLockFilePath: path("../../package-lock.json"),
      runtime: Runtime.NODEJS_24_X,
      architecture: architectureOf(spec),
      memorySize: spec.memoryMiB ?? 512,
      timeout: Duration.seconds(spec.timeoutSeconds ?? (spec.contracts ? 29 : 60)),
      ...(spec.ephemeralMiB !== undefined && { ephemeralStorageSize: Size.mebibytes(spec.ephemeralMiB) }),
      role: this.role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: Tracing.ACTIVE,
      layers: [...layers],
      environment: { NODE_OPTIONS: "--enable-source-maps", ...this.variables(spec, storage), ...spec.environment, ...environment },
      bundling: {
        ...bundle(spec),
        target: "node24",
        minify: true,
        sourceMap: true,
        mainFields: ["module", "main"],
        externalModules: ["onnxruntime-node", "@duckdb/node-api"],
      },
    });
  }

  private variables({ tables = {}, buckets = {} }: FunctionSpec, storage: StorageStack): Record<string, string> {
    const tableNames = Object.keys(tables) as TableName[];
    const bucketNames = Object.keys(buckets) as BucketName[];
    return {
      ...Object.fromEntries(tableNames.map((name) => [tableVariable(name), storage.tables[name].tableName])),
      ...Object.fromEntries(bucketNames.map((name) => [bucketVariable(name), storage.buckets[name].bucketName])),
    };
  }

  private statements({ tables = {}, buckets = {} }: FunctionSpec, storage: StorageStack): PolicyStatement[] {
    const tableEntries = Object.entries(tables) as [TableName, "read" | "readWrite"][];
    const bucketEntries = Object.entries(buckets) as [BucketName, "read" | "readWrite"][];
    const { key } = storage;
    const touched = [...tableEntries, ...bucketEntries].map(([, access]) => access);
    return [
      new PolicyStatement({ actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [this.logGroup.logGroupArn] }),
      new PolicyStatement({ actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resources: ["*"] }),
      ...tableEntries.map(([name, access]) => tableGrant(storage.tables[name], access)),
      ...bucketEntries.flatMap(([name, access]) => bucketGrants(storage.buckets[name], access)),
      ...(key && touched.length > 0 ? [keyGrant(key, touched.includes("readWrite") ? "readWrite" : "read")] : []),
    ];
  }
}
