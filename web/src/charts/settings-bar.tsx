import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Select from "@cloudscape-design/components/select";
import Slider from "@cloudscape-design/components/slider";
import Toggle from "@cloudscape-design/components/toggle";
import { type ReactNode, useEffect, useState } from "react";
import type { Axis } from "#contracts/platform/metric-series.ts";
import { setChartSettings, useChartSettings } from "./settings.ts";

/** A slider that is dragged tells where it rests, not every place on the way. */
const restMilliseconds = 150;

function Smoothing({ value }: { readonly value: number }) {
  const [shown, setShown] = useState(value);
  useEffect(() => setShown(value), [value]);
  useEffect(() => {
    const timer = window.setTimeout(() => shown !== value && setChartSettings({ smoothing: shown }), restMilliseconds);
    return () => window.clearTimeout(timer);
  }, [shown, value]);
  return (
    <FormField label={`Smoothing ${shown}`}>
      <Slider
        ariaLabel="Smoothing"
        min={0}
        max={0.99}
        step={0.01}
        hideFillLine={false}
        value={shown}
        valueFormatter={(given) => String(Math.round(given * 100) / 100)}
        onChange={({ detail }) => setShown(Math.round(detail.value * 100) / 100)}
      />
    </FormField>
  );
}

/** The settings that all charts of the page share. @param metricKeys what charts may run over @param children further ones, of the page's own */
export function ChartSettingsBar({ metricKeys, children }: { readonly metricKeys: readonly string[]; readonly children?: ReactNode }) {
  const { axis, xMetric, smoothing, logX, logY, clipsOutliers, range } = useChartSettings();
  return (
    <div className="chart-settings">
      <SegmentedControl
        label="Along"
        selectedId={xMetric === "" ? axis : null}
        options={[
          { id: "step", text: "Step" },
          { id: "relative", text: "Relative time" },
          { id: "time", text: "Wall time" },
        ]}
        onChange={({ detail }) => setChartSettings({ axis: detail.selectedId as Axis })}
      />
      <div className="chart-over">
        <Select
          ariaLabel="Along a metric"
          placeholder="or along a metric"
          filteringType="auto"
          virtualScroll
          empty="No metric was logged."
          selectedOption={xMetric === "" ? null : { value: xMetric, label: xMetric }}
          options={metricKeys.map((value) => ({ value, label: value }))}
          onChange={({ detail }) => setChartSettings({ xMetric: detail.selectedOption.value ?? "" })}
        />
      </div>
      <div className="chart-smoothing">
        <Smoothing value={smoothing} />
      </div>
      <div className="chart-toggles">
        <Toggle checked={logX} onChange={({ detail }) => setChartSettings({ logX: detail.checked })}>
          Log x
        </Toggle>
        <Toggle checked={logY} onChange={({ detail }) => setChartSettings({ logY: detail.checked })}>
          Log y
        </Toggle>
        <Toggle checked={clipsOutliers} onChange={({ detail }) => setChartSettings({ clipsOutliers: detail.checked })}>
          Clip outliers
        </Toggle>
        <Button disabled={range === undefined} onClick={() => setChartSettings({ range: undefined })}>
          Reset zoom
        </Button>
      </div>
      {children}
    </div>
  );
}
