import { CfnOutput, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { Repository, TagMutability } from "aws-cdk-lib/aws-ecr";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { DeploymentConfig } from "../config.ts";
import { GpuService } from "../constructs/gpu-service.ts";
import type { PlatformFunction } from "../constructs/platform-function.ts";
import { SageMakerRole } from "../constructs/sagemaker-role.ts";
import type { StorageStack } from "./storage.ts";

export interface ServingStackProps extends StackProps {
  readonly config: DeploymentConfig;
  readonly storage: StorageStack;
}

/**
 * What serving beyond Lambda needs at rest: the image's repository and the role of SageMaker models, and on request a GPU service at desired count 0.
 * SageMaker models, endpoint configurations and endpoints are made at run time: they belong to model versions, not to a deployment.
 */
export class ServingStack extends Stack {
  private readonly hosting: Readonly<Record<string, string>>;
  private readonly modelRole: SageMakerRole;

  constructor(scope: Construct, id: string, { config, storage, ...props }: ServingStackProps) {
    super(scope, id, props);
    const repository = new Repository(this, "Inference", {
      repositoryName: `capstan-${config.stage}-inference`,
      imageScanOnPush: true,
      imageTagMutability: TagMutability.IMMUTABLE,
      removalPolicy: RemovalPolicy.DESTROY,
      lifecycleRules: [{ maxImageCount: 20 }],
    });
    const modelRole = new SageMakerRole(this, "ModelRole", {
      description: "what a SageMaker model container may do",
      storage,
      artifacts: "read",
      data: "readWrite",
      logGroup: "/aws/sagemaker/Endpoints",
    });
    this.modelRole = modelRole;
    this.hosting = {
      SAGEMAKER_MODEL_ROLE_ARN: modelRole.roleArn,
      SAGEMAKER_NAME_PREFIX: `capstan-${config.stage}`,
      ...(config.servingImageTag !== undefined && { INFERENCE_IMAGE: repository.repositoryUriForTag(config.servingImageTag) }),
    };
    new CfnOutput(this, "RepositoryUri", { value: repository.repositoryUri });
    new CfnOutput(this, "ModelRoleArn", { value: modelRole.roleArn });
    if (config.gpu && config.servingImageTag !== undefined) new GpuService(this, "Gpu", { config, storage, repository, imageTag: config.servingImageTag });
  }

  /** Tells a function what SageMaker endpoints are made with. */
  inform({ function: target }: PlatformFunction): void {
    for (const [name, value] of Object.entries(this.hosting)) target.addEnvironment(name, value);
  }

  /** The same, for the function that makes them: it hands them the model role. */
  connect(maker: PlatformFunction): void {
    this.inform(maker);
    maker.role.addToPolicy(
      new PolicyStatement({
        actions: ["iam:PassRole"],
        resources: [this.modelRole.roleArn],
        conditions: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
      }),
    );
  }
}
