import type { ReportsReply } from "../../drift/wire.ts";
import type { EventReply, RolloutReply, StatisticsReply } from "../wire.ts";

/** All that is known of an endpoint's past. */
export interface History {
  /** The earliest first. */
  readonly events: readonly EventReply[];
  readonly rollouts: readonly RolloutReply[];
  readonly minutes: StatisticsReply["series"];
  readonly monitors: readonly Watch[];
}

/** A monitor of the endpoint, and what it reported, the earliest first. */
export interface Watch {
  readonly name: string;
  readonly reports: ReportsReply["reports"];
}

/** When a report was made; what it saw counts from then on. */
export const reportedAt = ({ createdAt }: ReportsReply["reports"][number]): number => Date.parse(createdAt);
