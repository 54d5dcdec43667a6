import Checkbox from "@cloudscape-design/components/checkbox";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo } from "react";
import { useUrlState } from "../frame/url-state.ts";
import { Card } from "../parts/card.tsx";
import { axisOf } from "./axis.ts";
import { ColourLegend } from "./colour-legend.tsx";
import { NameSelect, noName } from "./name-select.tsx";
import { RunValues } from "./run-values.tsx";
import { ScatterPlot } from "./scatter-plot.tsx";
import { usualColour } from "./usual-axes.ts";
import { type ComparedRun, namesOf, type ValueName } from "./values.ts";

/** One value against another, coloured by a third; each point is a run. */
export function ScatterTab({ runs }: { readonly runs: readonly ComparedRun[] }) {
  const names = useMemo(() => namesOf(runs), [runs]);
  const firstOf = (kind: string) => names.find((name) => name.startsWith(kind)) ?? names[0] ?? "";
  const [x, setX] = useUrlState("sx", firstOf("params."));
  const [y, setY] = useUrlState("sy", firstOf("metrics."));
  const [colour, setColour] = useUrlState("colour", usualColour(names));
  const [log, setLog] = useUrlState("slog");
  const [xAxis, yAxis] = useMemo(
    () => [axisOf(x as ValueName, runs, log.includes("x")), axisOf(y as ValueName, runs, log.includes("y"))] as const,
    [x, y, runs, log],
  );
  const colourAxis = useMemo(() => (colour === noName ? undefined : axisOf(colour as ValueName, runs, false)), [colour, runs]);
  const toggled = (letter: string, isOn: boolean) => (isOn ? `${log.replace(letter, "")}${letter}` : log.replace(letter, ""));
  return (
    <SpaceBetween size="l">
      <Card title="Scatter" description="The arrow keys move from run to run along x, Enter opens one.">
        <SpaceBetween size="m">
          <ColumnLayout columns={3}>
            <NameSelect label="x" names={names} chosen={x} choose={setX} />
            <NameSelect label="y" names={names} chosen={y} choose={setY} />
            <NameSelect label="Colour" names={names} chosen={colour} choose={setColour} none="One colour" />
          </ColumnLayout>
          <SpaceBetween direction="horizontal" size="l">
            <Checkbox checked={xAxis.isLog} disabled={!xAxis.canBeLog} onChange={({ detail }) => setLog(toggled("x", detail.checked))}>
              Logarithmic x
            </Checkbox>
            <Checkbox checked={yAxis.isLog} disabled={!yAxis.canBeLog} onChange={({ detail }) => setLog(toggled("y", detail.checked))}>
              Logarithmic y
            </Checkbox>
          </SpaceBetween>
          <ScatterPlot runs={runs} x={xAxis} y={yAxis} colour={colourAxis} />
          {colourAxis && <ColourLegend axis={colourAxis} />}
        </SpaceBetween>
      </Card>
      <RunValues title="The same as rows" runs={runs} names={[...new Set([x, y, ...(colour === noName ? [] : [colour])])] as ValueName[]} />
    </SpaceBetween>
  );
}
