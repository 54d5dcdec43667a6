import type uPlot from "uplot";
import { number } from "../parts/format.ts";
import { styleOf } from "./palette.ts";
import { nearest, type Series } from "./series.ts";

const mostRows = 12;

function element(name: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

interface Reading {
  readonly series: Series;
  readonly x: number;
  readonly y: number;
  /** The lowest and highest of those that the value is the mean of. */
  readonly band: readonly [number, number] | undefined;
}

/** What each line says at its own point nearest to `x`, the one closest to the pointer's height first. */
function readings(series: readonly Series[], x: number, y: number): readonly Reading[] {
  const found = series.flatMap((one): Reading[] => {
    const index = one.isGhost ? -1 : nearest(one.x, x);
    const [at, value] = [one.x[index], one.y[index]];
    return at === undefined || value === undefined
      ? []
      : [{ series: one, x: at, y: value, band: one.band && [one.band.low[index] ?? value, one.band.high[index] ?? value] }];
  });
  return found.toSorted((left, right) => Math.abs(left.y - y) - Math.abs(right.y - y));
}

const spelled = (value: number) => number(Number.isFinite(value) ? value : String(value));

function rowOf({ series, x, y, band }: Reading, pointed: number, written: (x: number) => string, isDark: boolean): HTMLElement {
  const row = element("div", "chart-reading");
  const swatch = element("span", "chart-swatch");
  swatch.style.background = styleOf(series.colour, isDark).colour;
  row.append(swatch, element("span", "chart-reading-label", series.label), element("b", "number", spelled(y)));
  if (band) row.append(element("span", "chart-reading-at", `${spelled(band[0])} to ${spelled(band[1])}`));
  if (x !== pointed) row.append(element("span", "chart-reading-at", `at ${written(x)}`));
  return row;
}

/** A box beside the pointer with the value of every line. It shows text only: labels are what people logged. */
export function tooltip(series: () => readonly Series[], written: (x: number) => string, isDark: boolean): uPlot.Plugin {
  const box = element("div", "chart-tooltip");
  box.hidden = true;
  return {
    hooks: {
      ready: (plot) => {
        plot.over.append(box);
      },
      setCursor: (plot) => {
        const { left = -1, top = -1 } = plot.cursor;
        box.hidden = left < 0 || top < 0;
        if (box.hidden) return;
        const all = readings(series(), plot.posToVal(left, "x"), plot.posToVal(top, "y"));
        const pointed = all[0]?.x ?? plot.posToVal(left, "x");
        const rows = all.slice(0, mostRows).map((reading) => rowOf(reading, pointed, written, isDark));
        const rest = all.length > mostRows ? [element("div", "chart-reading-at", `and ${all.length - mostRows} more`)] : [];
        box.replaceChildren(element("div", "chart-tooltip-title", written(pointed)), ...rows, ...rest);
        const isRight = left > plot.over.clientWidth / 2;
        box.style.left = isRight ? "" : `${left + 14}px`;
        box.style.right = isRight ? `${plot.over.clientWidth - left + 14}px` : "";
        box.style.top = `${Math.max(0, Math.min(top, plot.over.clientHeight - box.offsetHeight))}px`;
      },
    },
  };
}
