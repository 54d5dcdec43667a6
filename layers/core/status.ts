/** One thing that the platform stands on. `check` rejects when it does not answer. */
export interface DependencyCheck {
  readonly name: string;
  readonly check: () => Promise<void>;
}

export interface Objects {
  readonly bucket: string;
  /** Absent in an account, where clients know where S3 is. */
  readonly endpointUrl?: string;
}

export interface StatusContext {
  readonly version: string;
  readonly dependencies: readonly DependencyCheck[];
  /** Where data are put with S3's own clients. */
  readonly objects: Objects;
  /** A clock in milliseconds; only differences count. */
  readonly clock: () => number;
}

async function examine({ name, check }: DependencyCheck, clock: () => number) {
  const start = clock();
  const failure = await check().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const milliseconds = Math.round((clock() - start) * 10) / 10;
  return { name, ok: failure === undefined, milliseconds, ...(failure !== undefined && { detail: failure }) };
}

/** The one line that points each client at a platform. @param origin scheme, host and port, without a slash at the end */
export const clientSettings = (origin: string, { bucket, endpointUrl }: Objects) => [
  { name: "MLflow", setting: `export MLFLOW_TRACKING_URI=${origin}` },
  { name: "Feast", setting: `online_store: { type: remote, path: ${origin} }` },
  { name: "KServe V2", setting: `tritonclient.http.InferenceServerClient("${origin.replace(/^https?:\/\//, "")}")` },
  { name: "SageMaker", setting: `boto3.client("sagemaker-runtime", endpoint_url="${origin}")` },
  { name: "S3", setting: `aws s3 cp data.csv s3://${bucket}/uploads/${endpointUrl === undefined ? "" : ` --endpoint-url ${endpointUrl}`}` },
];

/** Checks everything at once. A platform that answers at all answers this, so that a failed dependency is a report and not an error. */
export async function platformStatus({ version, dependencies, objects, clock }: StatusContext, origin: string) {
  const checked = await Promise.all(dependencies.map((dependency) => examine(dependency, clock)));
  return { product: "capstan" as const, version, ok: checked.every(({ ok }) => ok), dependencies: checked, clients: clientSettings(origin, objects) };
}
