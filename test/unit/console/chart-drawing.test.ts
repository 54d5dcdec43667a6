import { describe, expect, it } from "vitest";
import { chartSvg } from "../../../web/src/charts/chart-svg.ts";
import { innerRange, pointsOutside } from "../../../web/src/charts/clip.ts";
import { ticksOf } from "../../../web/src/charts/ticks.ts";

const line = (y: readonly number[]) => ({ id: "a", label: "a <b> & c", colour: 0, x: y.map((_, index) => index), y });
const twenty = Array.from({ length: 20 }, (_, index) => index);

describe("outliers", () => {
  it("are what lies beyond the 5th and the 95th percentile of the values in view, by nearest rank", () => {
    expect(innerRange([line(twenty)], 0, 19)).toEqual([1, 18]);
    expect(innerRange([line([...twenty, Number.NaN, Number.POSITIVE_INFINITY])], 0, 30)).toEqual([1, 18]);
    expect(innerRange([line(twenty)], 5, 8)).toEqual([5, 8]);
    expect(innerRange([line([3, 3, 3])], 0, 9)).toBeUndefined();
  });

  it("are counted in view alone", () => {
    expect(pointsOutside([line(twenty)], [0, 19], [1, 18])).toBe(2);
    expect(pointsOutside([line(twenty)], [0, 10], [1, 18])).toBe(1);
  });
});

describe("ticks", () => {
  it("are round, and within", () => {
    expect(ticksOf(0, 10, false)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(ticksOf(-0.013, 0.021, false)).toEqual([-0.01, 0, 0.01, 0.02]);
    expect(ticksOf(0.5, 20, true)).toEqual([0.5, 1, 2, 5, 10, 20]);
    expect(ticksOf(1e-6, 1e3, true)).toHaveLength(10);
    expect(ticksOf(2, 2, false)).toEqual([2]);
  });
});

describe("a chart as SVG", () => {
  const drawn = { title: `<script>"x"</script>`, xLabel: "Step", xText: String, x: [0, 4], y: [0, 10], logX: false, logY: false, isDark: false } as const;

  it("breaks its lines where a value is missing, bands them, and holds no tag of what people wrote", () => {
    const banded = { ...line([1, 2, Number.NaN, 4, 5]), band: { low: [0, 1, Number.NaN, 3, 4], high: [2, 3, Number.NaN, 5, 6], count: [2, 2, 0, 2, 2] } };
    const svg = chartSvg({ ...drawn, series: [banded] });
    const paths = [...svg.matchAll(/<path d="(M[^"]*)" fill="(?:none|#)/g)].map(([, path]) => path ?? "");

    expect(paths.map((path) => path.match(/[MLZ]/g)?.join(""))).toEqual(["MLLLZMLLLZ", "MLML"]);
    expect(paths[1]).toBe("M80 310.4L280 280.8M680 221.6L880 192");
    expect(svg).not.toMatch(/<script|<b>/);
    expect(svg).toContain("a &#60;b&#62; &#38; c");
  });

  it("leaves out on a logarithmic axis what has no logarithm", () => {
    const svg = chartSvg({ ...drawn, y: [1, 100], logY: true, series: [line([1, -1, 10, 100])] });

    expect(svg).toContain(`d="M80 340M480 192L680 44"`);
  });
});
