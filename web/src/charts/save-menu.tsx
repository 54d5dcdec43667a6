import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import type { RefObject } from "react";
import { useIsDark } from "../frame/preferences.ts";
import { useToasts } from "../frame/toasts.tsx";
import { useDates } from "../parts/dates.ts";
import { saveCsv, savePng, saveSvg } from "./chart-files.ts";
import type { ChartHandle } from "./line-chart.tsx";
import type { Series } from "./series.ts";
import type { ChartRun } from "./series-reply.ts";
import { alongOf, useChartSettings } from "./settings.ts";
import { xText } from "./x-text.ts";

interface SaveMenuProps {
  readonly title: string;
  readonly chart: RefObject<ChartHandle | null>;
  /** The lines that are seen. */
  readonly series: readonly Series[];
  readonly runs: readonly ChartRun[];
  readonly metricKeys: readonly string[];
}

/** Saves a chart: as it is drawn, or every point behind it. */
export function SaveMenu({ title, chart, series, runs, metricKeys }: SaveMenuProps) {
  const { axis, xMetric, logX, logY } = useChartSettings();
  const isDark = useIsDark();
  const dates = useDates();
  const toasts = useToasts();
  const { kind, label } = alongOf({ axis, xMetric });
  const saveAs = (file: string) => {
    const [canvas, view] = [chart.current?.canvas(), chart.current?.view()];
    if (file === "png" && canvas) savePng(canvas, series, title, isDark);
    if (file === "svg" && view) saveSvg({ title, series, xLabel: label, xText: xText(kind, dates), ...view, logX: logX && kind !== "time", logY, isDark });
    if (file === "csv") saveCsv(runs, metricKeys, title).catch((error: Error) => toasts.push({ type: "error", text: error.message }));
  };
  return (
    <ButtonDropdown
      variant="icon"
      ariaLabel={`Save ${title}`}
      items={[
        { id: "png", text: "Picture (PNG)" },
        { id: "svg", text: "Drawing (SVG)" },
        { id: "csv", text: "Every point (CSV)" },
      ]}
      onItemClick={({ detail }) => saveAs(detail.id)}
    />
  );
}
