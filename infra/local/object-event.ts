import type { ObjectEvent } from "./s3/event-outbox.ts";
import type { EventEntry } from "./states/tasks.ts";

/** What S3 puts on the account's bus when an object comes or goes (S3 user guide, "EventBridge event message structure"). */
export const objectEvent = ({ bucket, key, name, reason, deletionType, size, etag, versionId, sequencer, time }: ObjectEvent): EventEntry => ({
  Source: "aws.s3",
  DetailType: name,
  time,
  Resources: [`arn:aws:s3:::${bucket}`],
  Detail: JSON.stringify({
    version: "0",
    bucket: { name: bucket },
    object: { key, ...(name === "Object Created" && { size, etag }), ...(versionId !== undefined && { "version-id": versionId }), sequencer },
    reason,
    ...(deletionType !== undefined && { "deletion-type": deletionType }),
  }),
});
