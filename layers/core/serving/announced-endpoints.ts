import type { EndpointStore } from "./endpoint-store.ts";

/** The same store, which tells of each change of an endpoint that has, or had, compute of its own. The change is kept before it is told. */
export const announcedEndpoints = (store: EndpointStore, announce: (name: string) => Promise<void>): EndpointStore => ({
  ...store,
  async save(change) {
    await store.save(change);
    if (change.endpoint.compute !== undefined) await announce(change.endpoint.name);
  },
  async remove(endpoint, event) {
    await store.remove(endpoint, event);
    if (endpoint.compute !== undefined) await announce(endpoint.name);
  },
});
