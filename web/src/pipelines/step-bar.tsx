import type { ExecutionStep } from "#contracts/platform/pipelines.ts";
import "./step-bar.css";

/** The whole time of an execution, in milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** When a step ran within its execution, as a bar; the columns beside it say the same in words. */
export function StepBar({ step: { startedAt, endedAt, status }, span: { from, to } }: { readonly step: ExecutionStep; readonly span: Span }) {
  const scale = 100 / Math.max(1, to - from);
  const x = (startedAt - from) * scale;
  // The shortest step is still seen.
  const width = Math.max(0.8, ((endedAt ?? to) - startedAt) * scale);
  return (
    <svg className="bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
      <rect x={Math.min(x, 99.2)} y="2" width={width} height="8" data-look={status} />
    </svg>
  );
}
