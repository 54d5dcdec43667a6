import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { eventSource, type PlatformEvent } from "#contracts/events/platform-event.ts";
import { DependencyError } from "#core/errors.ts";

/**
 * Puts one event on a bus, as source "capstan". Events are delivered at least once: consumers tell repeats by what the detail names.
 * @throws DependencyError when the bus did not take it
 */
export async function putEvent(on: EventBridgeClient, bus: string, { detailType, detail }: PlatformEvent): Promise<void> {
  const entry = { EventBusName: bus, Source: eventSource, DetailType: detailType, Detail: JSON.stringify(detail) };
  try {
    const { Entries } = await on.send(new PutEventsCommand({ Entries: [entry] }));
    const refused = Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
    if (refused) throw new DependencyError(`event ${detailType} was not taken: ${refused.ErrorCode}: ${refused.ErrorMessage ?? ""}`);
  } catch (cause) {
    throw cause instanceof DependencyError ? cause : new DependencyError(`event ${detailType} was not taken: ${(cause as Error).message}`, { cause });
  }
}
