import { endpointChanged } from "#contracts/events/endpoints.ts";
import { eventOf } from "#contracts/events/platform-event.ts";
import { DependencyError } from "#core/errors.ts";
import { announcedEndpoints } from "#core/serving/announced-endpoints.ts";
import type { EndpointStore } from "#core/serving/endpoint-store.ts";
import { eventBridge } from "../clients.ts";
import { putEvent } from "./events.ts";

/**
 * The same context, whose store puts `endpoint.changed` on the bus. A change that is kept is not refused because the bus was away:
 * the schedule of deploy-endpoint finds it.
 */
export const announcing = <C extends { readonly endpoints: EndpointStore }>(ctx: C, bus: () => string): C => ({
  ...ctx,
  endpoints: announcedEndpoints(ctx.endpoints, async (endpoint) => {
    try {
      await putEvent(eventBridge(), bus(), eventOf(endpointChanged, { endpoint }));
    } catch (error) {
      if (!(error instanceof DependencyError)) throw error;
    }
  }),
});
