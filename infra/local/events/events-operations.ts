import * as z from "zod";
import { operation } from "../aws/parse-input.ts";
import type { Operations } from "../aws/server.ts";
import type { PutEvents } from "../states/tasks.ts";

const entry = z.object({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().optional(),
  Resources: z.array(z.string()).optional(),
  Time: z.number().optional(),
});
type Entry = z.output<typeof entry>;

/** Why EventBridge does not take an entry, under its own error codes. */
function refusal({ Source, DetailType, Detail }: Entry): { readonly ErrorCode: string; readonly ErrorMessage: string } | undefined {
  for (const [name, value] of Object.entries({ Source, DetailType, Detail }))
    if (value === undefined || value === "")
      return { ErrorCode: "InvalidArgument", ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.` };
  if (Source?.startsWith("aws.")) return { ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "Not authorized for the source." };
  try {
    const detail: unknown = JSON.parse(Detail ?? "");
    if (typeof detail === "object" && detail !== null && !Array.isArray(detail)) return undefined;
  } catch {
    // answered below, as for JSON that is no object
  }
  return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
}

/** EventBridge's PutEvents: entries are taken or refused one by one. */
export const eventsOperations = (putEvents: PutEvents): Operations => ({
  "AWSEvents.PutEvents": operation(z.object({ Entries: z.array(entry).min(1).max(10) }), async ({ Entries }) => {
    const refusals = Entries.map(refusal);
    const good = Entries.filter((_entry, index) => !refusals[index]);
    const ids = await putEvents(
      good.map(({ Source = "", DetailType = "", Detail = "", EventBusName, Resources, Time }) => ({
        Source,
        DetailType,
        Detail,
        ...(EventBusName !== undefined && { EventBusName }),
        ...(Resources && { Resources }),
        ...(Time !== undefined && { time: Time * 1000 }),
      })),
    );
    const left = [...ids];
    return { FailedEntryCount: refusals.filter(Boolean).length, Entries: refusals.map((refused) => refused ?? { EventId: left.shift() }) };
  }),
});
