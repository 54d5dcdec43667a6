import type { Axis } from "#contracts/platform/metric-series.ts";
import { setQuery, useUrlState } from "../frame/url-state.ts";
import type { Range, XKind } from "./series.ts";

/** How every chart of a page is drawn. The address holds it, so that a colleague sees the same. */
export interface ChartSettings {
  readonly axis: Axis;
  /** The metric that points lie along in place of the axis; empty for none. */
  readonly xMetric: string;
  /** The weight of the past, 0 to 0.99. */
  readonly smoothing: number;
  readonly logX: boolean;
  readonly logY: boolean;
  readonly clipsOutliers: boolean;
  /** Runs that are grouped are drawn one by one, not as their mean and range. */
  readonly drawsEach: boolean;
  readonly range: Range | undefined;
}

const xKinds: Readonly<Record<Axis, XKind>> = { step: "number", time: "time", relative: "duration" };
const xLabels: Readonly<Record<Axis, string>> = { step: "Step", time: "Time", relative: "Time since the first point" };
/** How x is written, and what it is called. */
export const alongOf = ({ axis, xMetric }: Pick<ChartSettings, "axis" | "xMetric">): { readonly kind: XKind; readonly label: string } =>
  xMetric === "" ? { kind: xKinds[axis], label: xLabels[axis] } : { kind: "number", label: xMetric };
const isAxis = (value: string): value is Axis => Object.hasOwn(xKinds, value);

function rangeIn(text: string): Range | undefined {
  const [from, to] = text.split("~").map(Number);
  return from !== undefined && to !== undefined && from < to ? { from, to } : undefined;
}
const exact = (value: number) => String(Number(value.toPrecision(15)));
const flag = (value: boolean) => (value ? "1" : "");

/** Changes some settings of the page's charts; another axis shows all of it. */
export function setChartSettings({ axis, xMetric, smoothing, logX, logY, clipsOutliers, drawsEach, ...rest }: Partial<ChartSettings>): void {
  setQuery({
    ...(axis !== undefined && { x: axis === "step" ? "" : axis, over: "", zoom: "" }),
    ...(xMetric !== undefined && { over: xMetric, zoom: "" }),
    ...(smoothing !== undefined && { smooth: smoothing === 0 ? "" : String(smoothing) }),
    ...(logX !== undefined && { logx: flag(logX) }),
    ...(logY !== undefined && { logy: flag(logY) }),
    ...(clipsOutliers !== undefined && { clip: flag(clipsOutliers) }),
    ...(drawsEach !== undefined && { each: flag(drawsEach) }),
    ...("range" in rest && { zoom: rest.range ? `${exact(rest.range.from)}~${exact(rest.range.to)}` : "" }),
  });
}

/** What the address says of the page's charts. */
export function useChartSettings(): ChartSettings {
  const [axis] = useUrlState("x");
  const [xMetric] = useUrlState("over");
  const [smooth] = useUrlState("smooth");
  const [logX] = useUrlState("logx");
  const [logY] = useUrlState("logy");
  const [clip] = useUrlState("clip");
  const [each] = useUrlState("each");
  const [zoom] = useUrlState("zoom");
  const smoothing = Number(smooth);
  return {
    axis: isAxis(axis) ? axis : "step",
    xMetric,
    smoothing: smoothing > 0 && smoothing <= 0.99 ? smoothing : 0,
    logX: logX === "1",
    logY: logY === "1",
    clipsOutliers: clip === "1",
    drawsEach: each === "1",
    range: rangeIn(zoom),
  };
}
