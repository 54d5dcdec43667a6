import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useDates } from "../../parts/dates.ts";
import type { History } from "./history.ts";
import { reachedBy } from "./keys.ts";
import { type Mark, sharesText } from "./marks.ts";
import { instantAt, placeOf, type Stretch } from "./stretch.ts";
import { TrackDrawing } from "./track-drawing.tsx";
import type { Player } from "./use-player.ts";
import "./replay.css";

interface TrackProps {
  readonly history: History;
  readonly marks: readonly Mark[];
  readonly stretch: Stretch;
  readonly player: Player;
  /** The shares at the instant, for who does not see it. */
  readonly weights: Readonly<Record<string, number>>;
}

/** The past on a line: dragged through with the pointer; by keys a little (arrows), a second (Shift), from mark to mark (page keys) or to the ends. */
export function Track({ history, marks, stretch, player, weights }: TrackProps) {
  const dates = useDates();
  const host = useRef<HTMLDivElement>(null);
  const { at, move } = player;
  const follow = ({ clientX }: PointerEvent) => {
    const box = host.current?.getBoundingClientRect();
    if (box) move(instantAt(stretch, (clientX - box.left) / box.width));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const reached = reachedBy(event.key, event.shiftKey, at, stretch, marks);
    if (reached !== undefined) move(reached);
    else if (event.key === " ") player.toggle(stretch.from + 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div>
      <div
        ref={host}
        className="replay-track"
        role="slider"
        tabIndex={0}
        aria-label="Instant"
        aria-valuemin={stretch.from}
        aria-valuemax={stretch.to}
        aria-valuenow={Math.round(at)}
        aria-valuetext={`${dates.full(at)}: ${sharesText(weights) || "no variant"}`}
        aria-keyshortcuts="ArrowLeft ArrowRight PageUp PageDown Home End Space"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          follow(event);
        }}
        onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && follow(event)}
      >
        <TrackDrawing history={history} marks={marks} stretch={stretch} />
        <div className="replay-thumb" style={{ left: `${placeOf(stretch, at) * 100}%` }} />
      </div>
      <div className="replay-ends" aria-hidden="true">
        <span>{dates.full(stretch.from)}</span>
        <span>{dates.full(stretch.to)}</span>
      </div>
    </div>
  );
}
