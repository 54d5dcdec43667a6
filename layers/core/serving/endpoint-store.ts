import type { Endpoint, EndpointEvent, Revocation } from "#contracts/platform/endpoint.ts";
import type { Rollout } from "#contracts/platform/rollout.ts";

/** One change of an endpoint: all of it happens, or none. */
export interface EndpointChange {
  readonly endpoint: Endpoint;
  /** The revision that the change was decided on; 0 for an endpoint that must not exist yet. */
  readonly expectedRevision: number;
  readonly event: EndpointEvent;
  /** The rollout as it is after the change. It must be running before, or be new. */
  readonly rollout?: Rollout;
}

/** Where endpoints, their history and their rollouts are kept. Reads see every write that was answered before. */
export interface EndpointStore {
  find(name: string): Promise<Endpoint | undefined>;
  /** In order of the name. */
  list(): Promise<Endpoint[]>;
  /** @throws DomainError (conflict) when the endpoint, or the rollout's state, is no longer the one expected */
  save(change: EndpointChange): Promise<void>;
  /** Removes the endpoint; its history stays. @throws DomainError (conflict) when its revision is another */
  remove(endpoint: Endpoint, event: EndpointEvent): Promise<void>;
  /** Latest first. */
  events(name: string, limit: number): Promise<EndpointEvent[]>;

  findRollout(endpoint: string, rolloutId: string): Promise<Rollout | undefined>;
  /** Latest first. */
  rollouts(endpoint: string): Promise<Rollout[]>;
  /** Writes a rollout that was running; its endpoint stays as it is. @throws DomainError (conflict) when it runs no more, or the endpoint's revision is another */
  saveRollout(rollout: Rollout, endpointRevision: number): Promise<void>;

  /** Remembers for good that bytes must not be served. Safe to repeat. */
  revoke(digest: string, revocation: Revocation): Promise<void>;
  revocation(digest: string): Promise<Revocation | undefined>;
}
