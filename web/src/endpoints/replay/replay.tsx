import LiveRegion from "@cloudscape-design/components/live-region";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import { useUrlState } from "../../frame/url-state.ts";
import { Card } from "../../parts/card.tsx";
import { Loaded } from "../../parts/loaded.tsx";
import { NotRead } from "../../parts/not-read.tsx";
import { variantsOf } from "./bands.ts";
import { Controls } from "./controls.tsx";
import { DriftThen } from "./drift-then.tsx";
import type { History } from "./history.ts";
import { Legend } from "./legend.tsx";
import { marksOf } from "./marks.ts";
import { MarksTable } from "./marks-table.tsx";
import { RolloutThenCard } from "./rollout-then.tsx";
import { spanOf, spans, stretchOf } from "./stretch.ts";
import { thenAt } from "./then.ts";
import { Track } from "./track.tsx";
import { useHistory } from "./use-history.ts";
import { usePlayer } from "./use-player.ts";
import { VariantsThen } from "./variants-then.tsx";

/** What happened to an endpoint, to be gone through again: any instant of the past, with all that was so then. */
export function Replay({ name }: { readonly name: string }) {
  const { history, query } = useHistory(name);
  if (!history) return <Loaded query={query}>{() => null}</Loaded>;
  return (
    <>
      <NotRead query={query} />
      <Past name={name} history={history} />
    </>
  );
}

function Past({ name, history }: { readonly name: string; readonly history: History }) {
  const marks = useMemo(() => marksOf(name, history), [name, history]);
  const player = usePlayer(marks);
  const { at, now } = player;
  const [chosen, choose] = useUrlState("span");
  const [opened] = useState(now);
  const span = spanOf(chosen, history.events, opened);
  const { from, to } = stretchOf(span, history.events, now, at);
  const stretch = useMemo(() => ({ from, to }), [from, to]);
  const then = thenAt(history, at);
  const seen = marks.filter((mark) => mark.at >= from && mark.at <= to);
  const present = marks.findLast((mark) => mark.at <= at);
  return (
    <SpaceBetween size="l">
      <Card
        title="Replay"
        description="Drag through the past, or play it: everything below is as it was at that instant."
        actions={
          <SegmentedControl
            label="Stretch"
            selectedId={span.id}
            options={spans.map(({ id, text }) => ({ id, text }))}
            onChange={({ detail }) => choose(detail.selectedId)}
          />
        }
      >
        <SpaceBetween size="m">
          <Track history={history} marks={marks} stretch={stretch} player={player} weights={then.last?.weights ?? {}} />
          <Controls player={player} marks={marks} stretch={stretch} />
          <LiveRegion hidden>{player.isPlaying ? (present?.title ?? "") : ""}</LiveRegion>
          <Legend variants={variantsOf(history)} marks={seen} />
        </SpaceBetween>
      </Card>
      <VariantsThen then={then} now={now} />
      <RolloutThenCard then={then.rollout} />
      <DriftThen monitors={then.monitors} />
      <MarksTable marks={seen} present={present} move={player.move} />
    </SpaceBetween>
  );
}
