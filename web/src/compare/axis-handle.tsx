import type { KeyboardEvent } from "react";
import { type Axis, unitAt, unitText } from "./axis.ts";

interface AxisHandleProps {
  readonly axis: Axis;
  readonly which: "least" | "greatest";
  readonly place: number;
  readonly set: (place: number) => void;
  readonly clear: () => void;
}
const steps: Readonly<Record<string, number>> = {
  ArrowUp: 0.02,
  ArrowRight: 0.02,
  PageUp: 0.2,
  ArrowDown: -0.02,
  ArrowLeft: -0.02,
  PageDown: -0.2,
  Home: -1,
  End: 1,
};

/** One end of a brush, moved by the arrow keys, by pages, or to the axis' ends; Escape takes the brush away. */
export function AxisHandle({ axis, which, place, set, clear }: AxisHandleProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (event.key === "Escape") clear();
    else if (step !== undefined) set(Math.min(1, Math.max(0, place + step)));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`${which} ${axis.name} of the brush`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(place * 100)}
      aria-valuetext={unitText(axis, Number(unitAt(axis, place).toPrecision(4)))}
      className="axis-handle"
      style={{ bottom: `${place * 100}%` }}
      onKeyDown={onKeyDown}
    />
  );
}
