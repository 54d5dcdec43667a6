import { Duration, RemovalPolicy, Size } from "aws-cdk-lib";
import {
  AcceleratorManufacturer,
  AcceleratorType,
  GatewayVpcEndpointAwsService,
  InstanceGeneration,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from "aws-cdk-lib/aws-ec2";
import type { IRepository } from "aws-cdk-lib/aws-ecr";
import {
  Cluster,
  Compatibility,
  ContainerImage,
  ContainerInsights,
  FargateService,
  LogDriver,
  ManagedInstancesCapacityProvider,
  NetworkMode,
  TaskDefinition,
} from "aws-cdk-lib/aws-ecs";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { inferenceServer } from "#functions/inference/function.ts";
import type { DeploymentConfig } from "../config.ts";
import type { StorageStack } from "../stacks/storage.ts";
import { functionGrants } from "./function-grants.ts";

export interface GpuServiceProps {
  readonly config: DeploymentConfig;
  readonly storage: StorageStack;
  readonly repository: IRepository;
  readonly imageTag: string;
}

const port = 8080;

/** Two zones of public subnets, without NAT or interface endpoints, which cost money by the hour; S3 and DynamoDB by free gateways. */
function network(scope: Construct): Vpc {
  const vpc = new Vpc(scope, "Vpc", {
    maxAzs: 2,
    natGateways: 0,
    // A Python custom resource would do it; nothing is put into the default group.
    restrictDefaultSecurityGroup: false,
    subnetConfiguration: [{ name: "public", subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: true }],
    gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 }, DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB } },
  });
  vpc.addFlowLog("FlowLog");
  return vpc;
}

/**
 * The inference image on GPU instances that AWS manages, one task each, at desired count 0: `aws ecs update-service --desired-count 1` wakes it.
 * Host network: a task has its instance's address, and only members of its security group may call it.
 */
export class GpuService extends Construct {
  constructor(scope: Construct, id: string, { config, storage, repository, imageTag }: GpuServiceProps) {
    super(scope, id);
    const vpc = network(this);
    const cluster = new Cluster(this, "Cluster", { vpc, clusterName: `capstan-${config.stage}`, containerInsightsV2: ContainerInsights.ENABLED });
    const inside = new SecurityGroup(this, "Inside", { vpc, description: "inference tasks: called by members only" });
    inside.addIngressRule(inside, Port.tcp(port), "members call tasks");
    const gpus = new ManagedInstancesCapacityProvider(this, "Gpus", {
      subnets: vpc.publicSubnets,
      securityGroups: [inside],
      taskVolumeStorage: Size.gibibytes(100),
      instanceRequirements: {
        vCpuCountMin: 4,
        vCpuCountMax: 8,
        memoryMin: Size.gibibytes(16),
        acceleratorTypes: [AcceleratorType.GPU],
        acceleratorManufacturers: [AcceleratorManufacturer.NVIDIA],
        acceleratorCountMin: 1,
        acceleratorCountMax: 1,
        instanceGenerations: [InstanceGeneration.CURRENT],
        allowedInstanceTypes: config.gpuFamilies.map((family) => `${family}.*`),
      },
    });
    cluster.addManagedInstancesCapacityProvider(gpus);
    new FargateService(this, "Service", {
      cluster,
      taskDefinition: this.task({ config, storage, repository, imageTag }),
      desiredCount: 0,
      minHealthyPercent: 0,
      maxHealthyPercent: 100,
      circuitBreaker: { rollback: true },
      capacityProviderStrategies: [{ capacityProvider: gpus.capacityProviderName, weight: 1, base: 0 }],
      vpcSubnets: { subnets: vpc.publicSubnets },
    });
  }

  private task({ config, storage, repository, imageTag }: GpuServiceProps): TaskDefinition {
    const task = new TaskDefinition(this, "Task", {
      compatibility: Compatibility.MANAGED_INSTANCES,
      cpu: "4096",
      memoryMiB: "14336",
      networkMode: NetworkMode.HOST,
      volumes: [{ name: "scratch" }],
    });
    const container = task.addContainer("inference", {
      image: ContainerImage.fromEcrRepository(repository, imageTag),
      memoryReservationMiB: 12_288,
      cpu: 3072,
      gpuCount: 1,
      portMappings: [{ containerPort: port, hostPort: port }],
      environment: {
        PORT: String(port),
        HOST: "0.0.0.0",
        CAPSTAN_CACHE_FOLDER: "/tmp/capstan",
        SAGEMAKER_NAME_PREFIX: `capstan-${config.stage}`,
        PLATFORM_TABLE: storage.tables.platform.tableName,
        ARTIFACTS_BUCKET: storage.buckets.artifacts.bucketName,
        DATA_BUCKET: storage.buckets.data.bucketName,
      },
      logging: LogDriver.awsLogs({
        streamPrefix: "inference",
        logGroup: new LogGroup(this, "Logs", { retention: config.logRetentionDays, removalPolicy: RemovalPolicy.DESTROY }),
      }),
      healthCheck: {
        command: ["CMD", "node", "-e", `fetch("http://127.0.0.1:${port}/ping").then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))`],
        startPeriod: Duration.seconds(120),
      },
      readonlyRootFilesystem: true,
      stopTimeout: Duration.seconds(30),
    });
    container.addMountPoints({ sourceVolume: "scratch", containerPath: "/tmp", readOnly: false });
    for (const statement of functionGrants(inferenceServer, storage)) task.taskRole.addToPrincipalPolicy(statement);
    return task;
  }
}
