import type uPlot from "uplot";
import type { Range } from "./series.ts";

/** How long a wheel must rest before the zoom is told: a platform asked at every notch would be asked sixty times a second. */
const restMilliseconds = 200;
const step = 0.25;

const shown = (plot: uPlot): Range => ({ from: plot.scales["x"]?.min ?? 0, to: plot.scales["x"]?.max ?? 1 });

/** A range scaled around a place of it, or moved by a part of its length. */
const scaled = ({ from, to }: Range, around: number, factor: number): Range => ({
  from: around - (around - from) * factor,
  to: around + (to - around) * factor,
});
const moved = ({ from, to }: Range, part: number): Range => ({ from: from + (to - from) * part, to: to + (to - from) * part });

function byKey(key: string, range: Range): Range | undefined | null {
  const middle = (range.from + range.to) / 2;
  if (key === "+" || key === "=") return scaled(range, middle, 1 - step);
  if (key === "-") return scaled(range, middle, 1 + step);
  if (key === "ArrowLeft") return moved(range, -step);
  if (key === "ArrowRight") return moved(range, step);
  return key === "0" || key === "Escape" ? undefined : null;
}

/**
 * Zooming: drag over a stretch, turn the wheel with Ctrl held, press `+` `-` and the arrow keys; double click, `0` or Escape shows all again.
 * The chart follows at once, `tell` hears of it when the hand rests.
 */
export const zoom = (show: (plot: uPlot, range: Range | undefined) => void, tell: (range: Range | undefined) => void): uPlot.Plugin => {
  let timer = 0;
  const later = (plot: uPlot, range: Range | undefined) => {
    show(plot, range);
    window.clearTimeout(timer);
    timer = window.setTimeout(() => tell(range), restMilliseconds);
  };
  return {
    hooks: {
      ready: (plot) => {
        plot.over.addEventListener(
          "wheel",
          (event) => {
            if (!event.ctrlKey && !event.metaKey) return;
            event.preventDefault();
            later(plot, scaled(shown(plot), plot.posToVal(event.offsetX, "x"), event.deltaY < 0 ? 1 - step : 1 + step));
          },
          { passive: false },
        );
        plot.over.addEventListener("dblclick", () => later(plot, undefined));
        plot.root.parentElement?.addEventListener("keydown", (event) => {
          const range = byKey(event.key, shown(plot));
          if (range === null || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          later(plot, range);
        });
      },
      setSelect: (plot) => {
        const { left, width } = plot.select;
        if (width < 3) return;
        plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        later(plot, { from: plot.posToVal(left, "x"), to: plot.posToVal(left + width, "x") });
      },
      destroy: () => window.clearTimeout(timer),
    },
  };
};
