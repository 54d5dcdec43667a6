import { CfnOutput, Duration, RemovalPolicy, Size, Stack, type StackProps } from "aws-cdk-lib";
import {
  AcceleratorManufacturer,
  AcceleratorType,
  GatewayVpcEndpointAwsService,
  InstanceGeneration,
  SecurityGroup,
  SubnetType,
  Vpc,
} from "aws-cdk-lib/aws-ec2";
import { Repository, TagMutability } from "aws-cdk-lib/aws-ecr";
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
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { PrivateDnsNamespace } from "aws-cdk-lib/aws-servicediscovery";
import type { Construct } from "constructs";
import type { DeploymentConfig } from "../config.ts";
import { bucketGrants, tableGrant } from "../constructs/grants.ts";
import type { StorageStack } from "./storage.ts";

export interface ServingStackProps extends StackProps {
  readonly config: DeploymentConfig;
  readonly storage: StorageStack;
}

const port = 8080;

/**
 * What serving beyond Lambda needs at rest: the image's repository and the role of SageMaker models, and on request a GPU service at desired count 0.
 * SageMaker models, endpoint configurations and endpoints are made at run time: they belong to model versions, not to a deployment.
 */
export class ServingStack extends Stack {
  constructor(scope: Construct, id: string, { config, storage, ...props }: ServingStackProps) {
    super(scope, id, props);
    const repository = new Repository(this, "Inference", {
      repositoryName: `capstan-${config.stage}-inference`,
      imageScanOnPush: true,
      imageTagMutability: TagMutability.IMMUTABLE,
      removalPolicy: RemovalPolicy.DESTROY,
      lifecycleRules: [{ maxImageCount: 20 }],
    });
    const modelRole = new Role(this, "ModelRole", {
      assumedBy: new ServicePrincipal("sagemaker.amazonaws.com"),
      description: "what a SageMaker model container may do",
    });
    for (const statement of bucketGrants(storage.buckets.artifacts, "read")) modelRole.addToPolicy(statement);
    for (const statement of bucketGrants(storage.buckets.data, "readWrite")) modelRole.addToPolicy(statement);
    new CfnOutput(this, "RepositoryUri", { value: repository.repositoryUri });
    new CfnOutput(this, "ModelRoleArn", { value: modelRole.roleArn });
    if (config.gpu) this.gpuService(config, storage, repository);
  }

  /** Host network on public subnets without NAT: a task has its instance's address, and the security group lets nobody in. */
  private gpuService(config: DeploymentConfig, storage: StorageStack, repository: Repository): void {
    const vpc = new Vpc(this, "Vpc", {
      maxAzs: 2,
      natGateways: 0,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [{ name: "public", subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: true }],
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 }, DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB } },
    });
    vpc.addFlowLog("FlowLog");
    const cluster = new Cluster(this, "Cluster", { vpc, clusterName: `capstan-${config.stage}`, containerInsightsV2: ContainerInsights.ENABLED });
    const inside = new SecurityGroup(this, "Inside", { vpc, description: "inference tasks: no way in but from members", allowAllOutbound: true });
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
    const task = new TaskDefinition(this, "Task", {
      compatibility: Compatibility.MANAGED_INSTANCES,
      cpu: "4096",
      memoryMiB: "14336",
      networkMode: NetworkMode.HOST,
    });
    task.addContainer("inference", {
      image: ContainerImage.fromEcrRepository(repository, config.servingImageTag),
      memoryReservationMiB: 12_288,
      cpu: 3072,
      gpuCount: 1,
      portMappings: [{ containerPort: port, hostPort: port }],
      environment: {
        PORT: String(port),
        HOST: "0.0.0.0",
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
    for (const statement of [
      tableGrant(storage.tables.platform, "readWrite"),
      ...bucketGrants(storage.buckets.artifacts, "read"),
      ...bucketGrants(storage.buckets.data, "readWrite"),
    ])
      task.taskRole.addToPrincipalPolicy(statement);
    const namespace = new PrivateDnsNamespace(this, "Names", { name: `capstan-${config.stage}.internal`, vpc });
    new FargateService(this, "Service", {
      cluster,
      taskDefinition: task,
      desiredCount: 0,
      minHealthyPercent: 0,
      maxHealthyPercent: 100,
      circuitBreaker: { rollback: true },
      capacityProviderStrategies: [{ capacityProvider: gpus.capacityProviderName, weight: 1, base: 0 }],
      vpcSubnets: { subnets: vpc.publicSubnets },
      cloudMapOptions: { cloudMapNamespace: namespace, name: "inference", containerPort: port },
    });
  }
}
