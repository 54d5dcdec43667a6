import Button from "@cloudscape-design/components/button";
import { type PointerEvent, useRef, useState } from "react";
import { type Axis, labelsOf, placeOf, unitAt } from "./axis.ts";
import { AxisHandle } from "./axis-handle.tsx";
import type { Range } from "./brushes.ts";

interface ParallelAxisProps {
  readonly axis: Axis;
  readonly x: number;
  readonly range: Range | undefined;
  readonly hasMissing: boolean;
  readonly setRange: (range: Range | undefined) => void;
  readonly move: (by: -1 | 1) => void;
  readonly canMove: { readonly left: boolean; readonly right: boolean };
  readonly remove: () => void;
  readonly setLog: (isLog: boolean) => void;
}
/** A drag of less is a click, which takes the brush away. */
const leastDrag = 0.02;
const cut = (place: number) => Math.min(1, Math.max(0, place));

/** One axis with its name, its scale and its brush. Dragging along it brushes; the two handles do the same with the arrow keys. */
export function ParallelAxis({ axis, x, range, hasMissing, setRange, move, canMove, remove, setLog }: ParallelAxisProps) {
  const line = useRef<HTMLDivElement>(null);
  const from = useRef<number>(undefined);
  const [drawn, setDrawn] = useState<readonly [number, number]>();
  const placeAt = (event: PointerEvent) => {
    const box = line.current?.getBoundingClientRect();
    return box ? cut(1 - (event.clientY - box.top) / box.height) : 0;
  };
  const [low, high] = drawn ?? (range ? [cut(placeOf(axis, range.low)), cut(placeOf(axis, range.high))] : [0, 1]);
  const commit = (start: number, end: number) => {
    const [least, most] = [Math.min(start, end), Math.max(start, end)];
    setRange(least <= 0 && most >= 1 ? undefined : { low: unitAt(axis, least), high: unitAt(axis, most) });
  };
  const release = (event: PointerEvent) => {
    const start = from.current;
    from.current = undefined;
    setDrawn(undefined);
    if (start === undefined) return;
    const end = placeAt(event);
    if (Math.abs(end - start) < leastDrag) setRange(undefined);
    else commit(start, end);
  };
  return (
    <div className="axis" style={{ left: x }}>
      <div className="axis-head">
        <span className="axis-name" title={axis.name}>
          {axis.name.slice(axis.name.indexOf(".") + 1)}
        </span>
        <Button variant="inline-icon" iconName="angle-left" disabled={!canMove.left} ariaLabel={`Move ${axis.name} left`} onClick={() => move(-1)} />
        {axis.categories.length === 0 && (
          <button
            type="button"
            className="axis-log"
            aria-pressed={axis.isLog}
            disabled={!axis.canBeLog}
            aria-label={`log scale of ${axis.name}`}
            onClick={() => setLog(!axis.isLog)}
          >
            log
          </button>
        )}
        <Button variant="inline-icon" iconName="close" ariaLabel={`Take away ${axis.name}`} onClick={remove} />
        <Button variant="inline-icon" iconName="angle-right" disabled={!canMove.right} ariaLabel={`Move ${axis.name} right`} onClick={() => move(1)} />
      </div>
      <div
        ref={line}
        className="axis-line"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          from.current = placeAt(event);
        }}
        onPointerMove={(event) => {
          const start = from.current;
          const end = placeAt(event);
          if (start !== undefined) setDrawn([Math.min(start, end), Math.max(start, end)]);
        }}
        onPointerUp={release}
        onPointerCancel={release}
      >
        {(range || drawn) && <div className="axis-range" style={{ bottom: `${low * 100}%`, top: `${(1 - high) * 100}%` }} />}
        {labelsOf(axis).map(({ place, text }) => (
          <span key={place} className="axis-label" title={text} style={{ bottom: `${place * 100}%` }}>
            {text}
          </span>
        ))}
        <AxisHandle axis={axis} which="least" place={low} set={(place) => commit(Math.min(place, high), high)} clear={() => setRange(undefined)} />
        <AxisHandle axis={axis} which="greatest" place={high} set={(place) => commit(low, Math.max(place, low))} clear={() => setRange(undefined)} />
      </div>
      {hasMissing && <span className="axis-label axis-none">none</span>}
    </div>
  );
}
