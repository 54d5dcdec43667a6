import { CfnOutput, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { Repository, TagMutability } from "aws-cdk-lib/aws-ecr";
import type { Construct } from "constructs";
import type { DeploymentConfig } from "../config.ts";
import { GpuService } from "../constructs/gpu-service.ts";
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
    new CfnOutput(this, "RepositoryUri", { value: repository.repositoryUri });
    new CfnOutput(this, "ModelRoleArn", { value: modelRole.roleArn });
    if (config.gpu && config.servingImageTag !== undefined) new GpuService(this, "Gpu", { config, storage, repository, imageTag: config.servingImageTag });
  }
}
