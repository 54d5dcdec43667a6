import type { UploadedPart } from "#core/artifacts/artifact-store.ts";
import { invalid } from "#core/errors.ts";

export const partsFromWire = (parts: readonly { readonly part_number: number; readonly etag: string }[]): readonly UploadedPart[] =>
  parts.map(({ part_number, etag }) => ({ partNumber: part_number, etag }));

/** MLflow accepts the legacy `run_uuid` wherever it accepts `run_id`. */
export function runIdOf({ run_id, run_uuid }: { readonly run_id?: string | undefined; readonly run_uuid?: string | undefined }): string {
  const runId = run_id || run_uuid;
  if (!runId) throw invalid("Missing value for required parameter 'run_id'. See the API docs for more information about request parameters.");
  return runId;
}
