import type { Mark } from "./marks.ts";

/** What happened by shape, and how it ended by colour; around the point 0, 0. */
const shapes: Readonly<Record<Mark["kind"], string>> = {
  deployment: "M0 -8L8 0L0 8L-8 0Z",
  shares: "M-7 -2.5H7V2.5H-7Z",
  rollout: "M-6 -7L7 0L-6 7Z",
  decision: "M-6 0A6 6 0 1 0 6 0A6 6 0 1 0 -6 0Z",
  drift: "M-7 6L0 -7L7 6Z",
  alarm: "M-6.5 -6.5H6.5V6.5H-6.5Z",
};

export const MarkShape = ({ kind, outcome }: Pick<Mark, "kind" | "outcome">) => <path className={`replay-mark is-${outcome}`} d={shapes[kind]} />;
