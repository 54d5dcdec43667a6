import { invalid } from "#core/errors.ts";
import { artifactPath } from "./artifact-path.ts";

/** An object's place in S3. */
export interface ArtifactAddress {
  readonly bucket: string;
  /** Without a slash at the end: a file's key, or a folder's less its slash. */
  readonly key: string;
}

/** Where proxied artifacts are in the artifacts bucket. */
export const proxiedPrefix = "mlflow/";

/** `mlflow-artifacts:/path`, with or without an authority before the path. */
const proxied = /^mlflow-artifacts:(?:\/\/[^/]*)?\/?/;

/** The path that `mlflow-artifacts:` URIs give, or undefined for another scheme. */
const proxiedPath = (uri: string): string | undefined => (proxied.test(uri) ? uri.replace(proxied, "") : undefined);

/**
 * Where an artifact URI is kept: `mlflow-artifacts:/1/r/artifacts` is `mlflow/1/r/artifacts` of `bucket`, `s3://b/k` is what it says.
 * @throws DomainError for other schemes and for paths that would leave their folder
 */
export function artifactAddress(bucket: string, uri: string): ArtifactAddress {
  const path = proxiedPath(uri);
  if (path !== undefined) return { bucket, key: `${proxiedPrefix}${artifactPath(path)}`.replace(/\/$/, "") };
  const [, other, key = ""] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(uri) ?? [];
  if (other === undefined) throw invalid(`artifact uri must begin with mlflow-artifacts:/ or s3://, got ${uri}`);
  return { bucket: other, key: artifactPath(key) };
}
