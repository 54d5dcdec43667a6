import { eventOf } from "#contracts/events/platform-event.ts";
import { removalRequested } from "#contracts/events/removals.ts";
import { DependencyError } from "#core/errors.ts";
import { eventBridge } from "../clients.ts";
import { putEvent } from "./events.ts";

/** Tells that an experiment is gone for good. It is not refused because the bus was away: the schedule of remove-experiments finds it. */
export const removalRequests =
  (bus: string) =>
  async (experimentId: string): Promise<void> => {
    try {
      await putEvent(eventBridge(), bus, eventOf(removalRequested, { experimentId }));
    } catch (error) {
      if (!(error instanceof DependencyError)) throw error;
    }
  };
