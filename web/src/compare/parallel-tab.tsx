import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo } from "react";
import { setQuery, useUrlState } from "../frame/url-state.ts";
import { Card } from "../parts/card.tsx";
import { Empty } from "../parts/empty.tsx";
import { axisOf } from "./axis.ts";
import { isWithin, type Range, readBrushes, writeBrushes } from "./brushes.ts";
import { ColourLegend } from "./colour-legend.tsx";
import { NameSelect, noName } from "./name-select.tsx";
import { ParallelPlot } from "./parallel-plot.tsx";
import { RunValues } from "./run-values.tsx";
import { usualAxes, usualColour } from "./usual-axes.ts";
import { type ComparedRun, namesOf, type ValueName } from "./values.ts";

const listed = (text: string) => text.split(",").filter((name) => name !== "");

/** Many runs over many values at once: brushed, reordered, coloured; what is left within the brushes stands below as rows. */
export function ParallelTab({ runs }: { readonly runs: readonly ComparedRun[] }) {
  const names = useMemo(() => namesOf(runs), [runs]);
  const usual = useMemo(() => usualAxes(runs), [runs]);
  const [axesText, setAxesText] = useUrlState("axes", usual.join(","));
  const [logText, setLogText] = useUrlState("log");
  const [brushText, setBrushText] = useUrlState("brush");
  const [colour, setColour] = useUrlState("colour", usualColour(names));
  const shown = useMemo(() => listed(axesText).filter((name) => names.includes(name as ValueName)) as ValueName[], [axesText, names]);
  const axes = useMemo(() => shown.map((name) => axisOf(name, runs, listed(logText).includes(name))), [shown, runs, logText]);
  const brushes = useMemo(() => readBrushes(brushText), [brushText]);
  const colourAxis = useMemo(
    () => (colour === noName ? undefined : axisOf(colour as ValueName, runs, listed(logText).includes(colour))),
    [colour, runs, logText],
  );
  const within = runs.filter((run) => isWithin(brushes, axes, run));
  const setBrush = (name: string, range: Range | undefined) => {
    const next = new Map(brushes);
    if (range) next.set(name, range);
    else next.delete(name);
    setBrushText(writeBrushes(next));
  };
  const move = (index: number, by: -1 | 1) => {
    const name = shown[index];
    if (name !== undefined)
      setAxesText(
        shown
          .filter((one) => one !== name)
          .toSpliced(index + by, 0, name)
          .join(","),
      );
  };
  const remove = (name: string) => {
    const next = new Map(brushes);
    next.delete(name);
    setQuery({ axes: shown.filter((one) => one !== name).join(","), brush: writeBrushes(next) });
  };
  const setLog = (name: string, isLog: boolean) => setLogText([...listed(logText).filter((one) => one !== name), ...(isLog ? [name] : [])].join(","));
  const options = names.map((name) => ({ value: name as string, label: name as string }));
  return (
    <SpaceBetween size="l">
      <Card
        title="Parallel coordinates"
        description="Drag along an axis to keep part of it; its two handles take the arrow keys, Escape takes the brush away."
        actions={
          <Button disabled={brushes.size === 0} onClick={() => setBrushText("")}>
            Clear brushes
          </Button>
        }
      >
        <SpaceBetween size="m">
          <ColumnLayout columns={2}>
            <FormField label="Axes">
              <Multiselect
                filteringType="auto"
                selectedOptions={options.filter(({ value }) => shown.includes(value as ValueName))}
                options={options}
                hideTokens
                placeholder={`${shown.length} chosen`}
                onChange={({ detail }) => {
                  const chosen = detail.selectedOptions.flatMap(({ value }) => value ?? []);
                  setAxesText([...shown.filter((name) => chosen.includes(name)), ...chosen.filter((name) => !shown.includes(name as ValueName))].join(","));
                }}
              />
            </FormField>
            <NameSelect label="Colour" names={names} chosen={colour} choose={setColour} none="One colour" />
          </ColumnLayout>
          {axes.length === 0 ? (
            <Empty text="No axis is chosen." />
          ) : (
            <ParallelPlot runs={runs} axes={axes} brushes={brushes} colour={colourAxis} setBrush={setBrush} move={move} remove={remove} setLog={setLog} />
          )}
          {colourAxis && <ColourLegend axis={colourAxis} />}
        </SpaceBetween>
      </Card>
      <RunValues title="Runs within the brushes" runs={within} names={shown} />
    </SpaceBetween>
  );
}
