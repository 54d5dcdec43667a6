import { type Axis, unitText } from "./axis.ts";

/** What the colours mean: the least and the greatest value of a scale. */
export function ColourLegend({ axis }: { readonly axis: Axis }) {
  return (
    <div className="colour-legend">
      <span>{unitText(axis, axis.categories.length > 0 ? 0 : axis.min)}</span>
      <span className="colour-scale" />
      <span>{unitText(axis, axis.categories.length > 0 ? axis.categories.length - 1 : axis.max)}</span>
      <span className="named">{axis.name}</span>
    </div>
  );
}
