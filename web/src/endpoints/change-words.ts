import type { EventReply } from "./wire.ts";

/** What a change of an endpoint is called. */
export const changeWords: Readonly<Record<EventReply["change"], string>> = {
  created: "created",
  updated: "changed",
  weights: "shares set by hand",
  deleted: "deleted",
  revoked: "version revoked",
  rolloutStarted: "rollout started",
  rolloutStepped: "rollout: next step",
  rolloutPaused: "rollout paused",
  rolloutResumed: "rollout resumed",
  rolloutPromoted: "rollout promoted",
  rolloutRolledBack: "rollout rolled back",
  rolloutAborted: "rollout aborted",
};
