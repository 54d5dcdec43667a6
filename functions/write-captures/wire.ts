import { gunzipSync } from "node:zlib";
import { LogBatch } from "#contracts/sagemaker/capture.ts";
import { invalid } from "#core/errors.ts";

/** The lines in what CloudWatch Logs delivered; none for the message that only tests the way. @throws DomainError when it is not a delivery */
export function messagesOf(data: string): string[] {
  try {
    const batch = LogBatch.parse(JSON.parse(gunzipSync(Buffer.from(data, "base64")).toString("utf8")));
    return batch.messageType === "CONTROL_MESSAGE" ? [] : batch.logEvents.map(({ message }) => message);
  } catch (cause) {
    throw invalid(`awslogs.data must be compressed log events: ${(cause as Error).message.split("\n")[0]}`);
  }
}
