import Button from "@cloudscape-design/components/button";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useDates } from "../../parts/dates.ts";
import { type Mark, neighbour } from "./marks.ts";
import type { Stretch } from "./stretch.ts";
import { type Player, speeds } from "./use-player.ts";

interface ControlsProps {
  readonly player: Player;
  readonly marks: readonly Mark[];
  readonly stretch: Stretch;
}

/** The instant in words, and the ways through the past: play, from mark to mark, back to the present. */
export function Controls({ player, marks, stretch }: ControlsProps) {
  const dates = useDates();
  const { at, move } = player;
  const [before, after] = [neighbour(marks, at, -1), neighbour(marks, at, 1)];
  return (
    <div className="replay-controls">
      <SpaceBetween direction="horizontal" size="xs">
        <Button iconName="angle-left" ariaLabel="To the event before" disabled={!before} onClick={() => move(before?.at)} />
        <Button variant="primary" onClick={() => player.toggle(stretch.from + 1)}>
          {player.isPlaying ? "Pause" : "Play"}
        </Button>
        <Button iconName="angle-right" ariaLabel="To the next event" disabled={!after} onClick={() => move(after?.at)} />
        <Button disabled={player.isLive} onClick={() => move(undefined)}>
          Now
        </Button>
      </SpaceBetween>
      <SegmentedControl
        label="Speed"
        selectedId={player.speed}
        options={speeds.map(({ id, text }) => ({ id, text }))}
        onChange={({ detail }) => player.choose(detail.selectedId)}
      />
      <span className="replay-clock">{player.isLive ? "Now" : dates.full(at)}</span>
    </div>
  );
}
