import type { CaptureRecord } from "#contracts/sagemaker/capture.ts";
import { unitHash } from "#core/serving/hash-key.ts";
import type { InferenceContext, Prediction } from "./predict.ts";

/** A body to keep. */
export interface Travelled {
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

type Payload = NonNullable<CaptureRecord["captureData"]["endpointInput"]>;

function payload(mode: Payload["mode"], { contentType, body }: Travelled): Payload {
  const encoding = contentType.startsWith("text/csv") ? "CSV" : contentType.includes("json") ? "JSON" : "BASE64";
  const bytes = typeof body === "string" ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return { observedContentType: contentType, mode, data: bytes.toString(encoding === "BASE64" ? "base64" : "utf8"), encoding };
}

/** Captures a prediction where the endpoint's sampling says so. The id decides, so that a request that is repeated is captured again or not at all. @param input made only where the prediction is captured */
export function capture(ctx: InferenceContext, { id, inferenceId, endpoint, variant }: Prediction, input: () => Travelled, output: () => Travelled): void {
  if (endpoint.captureRate <= 0 || unitHash(id) >= endpoint.captureRate) return;
  ctx.captures.capture(
    { endpoint: endpoint.name, variant: variant.name },
    {
      captureData: { endpointInput: payload("INPUT", input()), endpointOutput: payload("OUTPUT", output()) },
      eventMetadata: { eventId: id, ...(inferenceId !== undefined && { inferenceId }), inferenceTime: new Date(ctx.now()).toISOString() },
      eventVersion: "0",
    },
  );
}
