/** Node's and npm's own settings, and those of the platform, are not the script's matter. */
const ours = /^(NODE_|npm_|CAPSTAN_|LOG_LEVEL$|AWS_PROFILE$|AWS_SESSION_TOKEN$|INFERENCE_IMAGE$|SAGEMAKER_|.*_(TABLE|BUCKET|MACHINE_ARN)$)/i;

/** What every training script starts with: the user's environment, the addresses of the platform's services, and its tracking server. */
export const startingEnvironment = (environment: Readonly<NodeJS.ProcessEnv>, url: string): Record<string, string | undefined> => ({
  ...Object.fromEntries(Object.entries(environment).filter(([name]) => !ours.test(name))),
  AWS_DEFAULT_REGION: environment["AWS_REGION"],
  MLFLOW_TRACKING_URI: environment["MLFLOW_TRACKING_URI"] ?? url,
});
