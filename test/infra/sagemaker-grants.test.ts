import type { Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, it } from "vitest";
import { resourcesOf, templatesOf } from "./synthesis.ts";

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** Every statement of a stack's roles that names SageMaker, or hands a role to it. */
function ofSageMaker(template: Template) {
  const policies = resourcesOf({ one: template }).flatMap(({ Type, Properties }) => {
    if (Type === "AWS::IAM::Policy") return [Properties];
    return Type === "AWS::IAM::Role" ? ((Properties["Policies"] ?? []) as Record<string, unknown>[]) : [];
  });
  return policies
    .flatMap((policy) => (policy["PolicyDocument"] as { Statement: readonly Statement[] }).Statement)
    .map(({ Action, Resource }) => ({ actions: [Action].flat(), resource: JSON.stringify(Resource) }))
    .filter(({ actions }) => actions.some((action) => action.startsWith("sagemaker:") || action === "iam:PassRole"));
}

describe("what may be done with SageMaker", () => {
  let templates: Awaited<ReturnType<typeof templatesOf>>;
  beforeAll(async () => {
    templates = await templatesOf();
  });

  it("is, for the training machine, jobs of its stage under the training role", () => {
    const [jobs, role, ...others] = ofSageMaker(templates.pipelines);

    expect(jobs?.actions).toEqual(["sagemaker:AddTags", "sagemaker:CreateTrainingJob", "sagemaker:DescribeTrainingJob", "sagemaker:StopTrainingJob"]);
    expect(jobs?.resource).toContain(":training-job/capstan-dev-*");
    expect(role).toMatchObject({ actions: ["iam:PassRole"], resource: expect.stringContaining("TrainingRole") });
    expect(others).toEqual([]);
  });

  it("is, for the inference function, asking the platform's endpoints", () => {
    expect(ofSageMaker(templates.api).filter(({ actions }) => actions.includes("sagemaker:InvokeEndpoint"))).toEqual([
      { actions: ["sagemaker:InvokeEndpoint"], resource: '"arn:*:sagemaker:*:*:endpoint/capstan-*"' },
    ]);
  });
});
