import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";

const looks: Readonly<Record<string, readonly [StatusIndicatorProps.Type, string?]>> = {
  running: ["in-progress"],
  RUNNING: ["in-progress", "running"],
  SCHEDULED: ["pending", "scheduled"],
  waiting: ["pending"],
  pending: ["pending"],
  paused: ["pending"],
  succeeded: ["success"],
  FINISHED: ["success", "finished"],
  promoted: ["success"],
  approved: ["success"],
  ok: ["success"],
  none: ["success", "no drift"],
  quiet: ["info", "quiet"],
  noData: ["stopped", "nothing captured"],
  judged: ["success"],
  insufficient: ["stopped", "too few rows"],
  rejected: ["stopped"],
  stopped: ["stopped"],
  aborted: ["stopped"],
  KILLED: ["stopped", "killed"],
  expired: ["stopped"],
  failed: ["error"],
  FAILED: ["error", "failed"],
  rolledBack: ["error", "rolled back"],
  alarm: ["error", "alarm"],
  alert: ["error"],
  warning: ["warning"],
  notice: ["info"],
  serving: ["success"],
  idle: ["stopped", "no traffic"],
  revoked: ["error"],
};

/** A status by colour, shape and word. */
export function State({ of }: { readonly of: string }) {
  const [type, text = of] = looks[of] ?? ["info"];
  return (
    <span className="state">
      <StatusIndicator type={type}>{text}</StatusIndicator>
    </span>
  );
}
