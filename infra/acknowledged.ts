/** A finding of cdk-nag that we accept, and why. */
export interface Acknowledgement {
  /** The rule, with the finding in brackets where it has one. */
  readonly finding: RegExp;
  /** Path of the construct. */
  readonly at: RegExp;
  readonly reason: string;
}

/** Everything accepted in AwsSolutions and Serverless. A test finds each finding here, and each of these among the findings. */
export const acknowledged: readonly Acknowledgement[] = [
  {
    finding: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    at: /\/Role\/DefaultPolicy\/Resource$/,
    reason: "CDK's grant for X-Ray, and for machines that of the log delivery: neither knows resources. A test allows no other action on `*`.",
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    at: /\/(TrainingRole|ModelRole)\/DefaultPolicy\/Resource$/,
    reason: "ecr:GetAuthorizationToken knows no resources; the images themselves are limited to the account.",
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*(ArtifactsBucket|DataBucket)\w*"\}\}(\/\w+)?\/\*\]$/,
    at: /\/(Role|TrainingRole\/DefaultPolicy|ModelRole\/DefaultPolicy)\/Resource$/,
    reason:
      "The objects of one bucket or of a folder in it, with exact actions: keys are data, named by runs, datasets and endpoints that do not exist at synthesis.",
  },
  {
    finding:
      /^AwsSolutions-IAM5\[Resource::arn:.+:(states:.+:execution:capstan-\w+-\w+|log-group:\/aws\/(lambda\/capstan-[\w-]+|sagemaker\/TrainingJobs)):\*\]$/,
    at: /\/(Role\/DefaultPolicy|Needs)\/Resource$/,
    reason: "The executions of one machine, whose names are chosen when they start, and the streams in the log groups that its steps write to.",
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::arn:.+:(log-group:\/aws\/sagemaker\/\w+|repository\/)\*\]$/,
    at: /\/(TrainingRole|ModelRole)\/DefaultPolicy\/Resource$/,
    reason: "SageMaker makes the log groups of jobs and endpoints itself; users train and serve with images of their own repositories in this account.",
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::arn:.+:sagemaker:.+:training-job\/capstan-\w+-\*\]$/,
    at: /\/Training\/Needs\/Resource$/,
    reason: "Training jobs are named by executions and their attempts; the names begin with the stage's prefix.",
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::<Functions\w+\.Arn>:\*\]$/,
    at: /\/SchedulerRoleForTarget-\w+\/DefaultPolicy\/Resource$/,
    reason: "CDK's grant for a schedule: one function, any of its versions, of which there are none.",
  },
  {
    finding: /^(AwsSolutions-IAM5\[Resource::\*\]|Serverless-LambdaStarPermissions)$/,
    at: /\/Functions\/DeployEndpoint\/Role\/Resource$/,
    reason: "sagemaker:ListEndpoints, ListEndpointConfigs and ListModels know no resources: the function lists them to remove what no endpoint uses.",
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::arn:\*:sagemaker:\*:\*:(endpoint|endpoint-config|model)\/capstan-\*\]$/,
    at: /\/(Functions\/(DeployEndpoint|Endpoints|Inference)\/Role|Task\/TaskRole\/DefaultPolicy)\/Resource$/,
    reason: "SageMaker endpoints and their models are made at run time, for model versions that do not exist at synthesis; their names begin with capstan-.",
  },
  {
    finding: /^AwsSolutions-APIG4$/,
    at: /\/Api\/ANY--(ajax-api--3\.0--mlflow--server-info|api--3\.0--mlflow--server-info|health|version|ping|v2|v2--health--live|v2--health--ready)\/Resource$/,
    reason: "Health and version, which monitors and clients ask before they have credentials: no data, no write. The contracts call them open.",
  },
  {
    finding: /^AwsSolutions-CFR1$/,
    at: /\/Distribution\/Resource$/,
    reason: "Callers may be anywhere: an organisation's restriction belongs into its own configuration.",
  },
  {
    finding: /^AwsSolutions-CFR2$/,
    at: /\/Distribution\/Resource$/,
    reason: "A web ACL costs money at rest; every API operation asks for credentials and the API is throttled. One can be attached by hand.",
  },
  {
    finding: /^AwsSolutions-CFR4$/,
    at: /\/Distribution\/Resource$/,
    reason: "CloudFront fixes the policy of its own certificate; with the knob `domain` the minimum is TLS 1.2.",
  },
  {
    finding: /^Serverless-LambdaDLQ$/,
    at: /^Capstan-\w+-(Api|Pipelines)\/Functions\/\w+\/Function\/Resource$/,
    reason: "API Gateway and Step Functions wait for these functions' answers and see their errors: a queue for asynchronous failures would stay empty.",
  },
  {
    finding: /^Serverless-SQSRedrivePolicy$/,
    at: /\/Missed\/Resource$/,
    reason: "This queue is the one that the others redrive to; an alarm watches it.",
  },
];
