import { ArnFormat, Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { Access } from "#contracts/function-spec.ts";
import type { StorageStack } from "../stacks/storage.ts";
import { bucketGrants, keyGrant } from "./grants.ts";

export interface SageMakerRoleProps {
  readonly description: string;
  readonly storage: StorageStack;
  readonly artifacts: Access;
  readonly data: Access;
  /** Beginning of the names of the log groups that SageMaker makes for it. */
  readonly logGroup: string;
}

/** What a container that SageMaker runs may do: read its image, its buckets, and write its log. */
export class SageMakerRole extends Role {
  constructor(scope: Construct, id: string, { description, storage, artifacts, data, logGroup }: SageMakerRoleProps) {
    super(scope, id, { assumedBy: new ServicePrincipal("sagemaker.amazonaws.com"), description });
    const stack = Stack.of(this);
    const groups = stack.formatArn({ service: "logs", resource: "log-group", resourceName: `${logGroup}*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
    const images = stack.formatArn({ service: "ecr", resource: "repository", resourceName: "*" });
    const statements = [
      ...bucketGrants(storage.buckets.artifacts, artifacts),
      ...bucketGrants(storage.buckets.data, data),
      ...(storage.key ? [keyGrant(storage.key, "readWrite")] : []),
      new PolicyStatement({ actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"], resources: [groups] }),
      new PolicyStatement({ actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], resources: [images] }),
      new PolicyStatement({ actions: ["ecr:GetAuthorizationToken"], resources: ["*"] }),
    ];
    for (const statement of statements) this.addToPolicy(statement);
  }
}
