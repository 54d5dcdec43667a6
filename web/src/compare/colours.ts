/** Low to high. Lightness rises or falls all the way, so that the order shows without hue; each end stands out from the page. */
const scales = {
  light: [
    [10, 40, 110],
    [60, 70, 190],
    [150, 70, 190],
    [215, 80, 110],
    [225, 120, 20],
  ],
  dark: [
    [70, 110, 220],
    [130, 120, 240],
    [215, 120, 215],
    [255, 150, 140],
    [255, 220, 110],
  ],
} as const satisfies Record<string, readonly (readonly [number, number, number])[]>;

/** The colour of a place between 0 and 1. */
export function scaleColour(place: number, isDark: boolean): string {
  const stops = scales[isDark ? "dark" : "light"];
  const at = Math.min(1, Math.max(0, place)) * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(at));
  const [from, to] = [stops[index], stops[index + 1]];
  if (!from || !to) return "#888888";
  const mixed = from.map((part, channel) => Math.round(part + (at - index) * ((to[channel] ?? part) - part)));
  return `rgb(${mixed.join(" ")})`;
}
