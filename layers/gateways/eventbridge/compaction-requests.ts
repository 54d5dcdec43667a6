import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { compactionRequested } from "#contracts/events/compaction.ts";
import { eventOf } from "#contracts/events/platform-event.ts";
import { recent } from "#core/recent.ts";
import { putEvent } from "./events.ts";

/** How long a request stands before the same process asks for the same experiment again. */
const patienceMs = 15_000;

/** Asks for experiments to be packed. A search must not fail for it: what goes wrong is told to `onFailure`, and a later search asks again. */
export function compactionRequests(on: EventBridgeClient, bus: string, onFailure: (error: unknown) => void): (experimentId: string) => Promise<void> {
  const asked = recent<number>(10_000);
  return async (experimentId) => {
    const now = Date.now();
    if (now - (asked.get(experimentId) ?? 0) < patienceMs) return;
    asked.put(experimentId, now, 1);
    await putEvent(on, bus, eventOf(compactionRequested, { experimentId })).catch(onFailure);
  };
}
