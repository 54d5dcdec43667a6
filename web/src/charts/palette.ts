/**
 * Eight colours that stay apart for every kind of colour vision and stand out at least 3:1 from the page (WCAG 1.4.11): found by widening the
 * smallest CIE76 distance between any two of them under the simulations of Machado et al. 2009 (doi:10.1109/TVCG.2009.113).
 */
const light = ["#119bde", "#cd7e00", "#00704b", "#84168e", "#7563f0", "#6b5106", "#897899", "#383b4a"] as const;
const dark = ["#619dff", "#f07138", "#2efa89", "#d683bd", "#baffff", "#ebd327", "#7956ff", "#a3a68a"] as const;
export const palettes = { light, dark } as const;

const dashes: readonly (readonly number[])[] = [[], [6, 4], [2, 3], [10, 3, 2, 3]];

export interface LineStyle {
  readonly colour: string;
  /** Lengths of dashes and gaps in pixels; none is a solid line. */
  readonly dash: readonly number[];
}

/** How the line of a place in the palette looks: after eight colours they come again dashed. */
export const styleOf = (place: number, isDark: boolean): LineStyle => ({
  colour: palettes[isDark ? "dark" : "light"][place % light.length] ?? light[0],
  dash: dashes[Math.floor(place / light.length) % dashes.length] ?? [],
});
