import type uPlot from "uplot";
import { styleOf } from "./palette.ts";
import type { Series } from "./series.ts";

const sign = (value: number) => (Number.isNaN(value) ? "×" : value > 0 ? "▲" : "▼");

/** Marks what a line cannot show at the edge that it would leave through: `×` not a number, `▲` and `▼` the infinities. */
export const oddValues = (series: () => readonly Series[], isDark: boolean): uPlot.Plugin => ({
  hooks: {
    draw: (plot) => {
      const { ctx, bbox, scales } = plot;
      const { min = 0, max = 0 } = scales["x"] ?? {};
      ctx.save();
      ctx.font = `${14 * devicePixelRatio}px system-ui, sans-serif`;
      ctx.textAlign = "center";
      for (const { x, y, colour, isGhost } of series()) {
        if (isGhost) continue;
        ctx.fillStyle = styleOf(colour, isDark).colour;
        for (const [index, value] of y.entries()) {
          const at = x[index] ?? 0;
          if (Number.isFinite(value) || at < (min ?? 0) || at > (max ?? 0)) continue;
          ctx.textBaseline = value > 0 ? "top" : "bottom";
          ctx.fillText(sign(value), plot.valToPos(at, "x", true), value > 0 ? bbox.top : bbox.top + bbox.height);
        }
      }
      ctx.restore();
    },
  },
});
