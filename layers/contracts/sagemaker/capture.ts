import * as z from "zod";

/** One side of a captured prediction, as it travelled. `BASE64` is for content types that are not text. */
const CapturedPayload = z
  .object({
    observedContentType: z.string(),
    mode: z.enum(["INPUT", "OUTPUT"]),
    data: z.string(),
    encoding: z.enum(["CSV", "JSON", "BASE64"]),
  })
  .meta({ id: "CapturedPayload", description: "A request or response body of the endpoint, with its encoding." });

/** One line of a capture file: SageMaker's data-capture JSON lines, version "0" (SageMaker developer guide, "Capture data"). */
export const CaptureRecord = z
  .object({
    captureData: z.object({ endpointInput: CapturedPayload.optional(), endpointOutput: CapturedPayload.optional() }),
    eventMetadata: z.object({
      eventId: z.string().min(1).describe("Unique to the request; a repeated one is the same prediction, delivered again."),
      inferenceId: z.string().optional().describe("The caller's own id, from X-Amzn-SageMaker-Inference-Id: ground truth is joined on it."),
      customAttributes: z.array(z.string()).optional(),
      inferenceTime: z.iso.datetime().describe("UTC."),
    }),
    eventVersion: z.literal("0"),
  })
  .meta({ id: "CaptureRecord", description: "A captured prediction." });
export type CaptureRecord = z.output<typeof CaptureRecord>;

/** A captured prediction as a log line of a function: the one form in which captures leave a Lambda off the request path. */
export const CaptureLine = z.object({ capture: z.object({ endpoint: z.string(), variant: z.string(), record: CaptureRecord }) });
export type CaptureLine = z.output<typeof CaptureLine>;

/** What a CloudWatch Logs subscription delivers: base64 of gzip of JSON (CloudWatch Logs user guide, "Real-time processing with subscriptions"). */
export const LogDelivery = z.object({ awslogs: z.object({ data: z.base64() }) });
/** The document inside a {@link LogDelivery}; `CONTROL_MESSAGE` only proves that the destination is reachable. */
export const LogBatch = z.object({
  messageType: z.enum(["DATA_MESSAGE", "CONTROL_MESSAGE"]),
  logEvents: z.array(z.object({ message: z.string() })),
});
