import Badge from "@cloudscape-design/components/badge";

const whole = new Intl.NumberFormat("en");

/** How much of the truth a chart shows. Green when it is all of it. */
export function PointsBadge({ shown, inRange, total }: { readonly shown: number; readonly inRange: number; readonly total: number }) {
  const isExact = shown === inRange;
  const text = isExact ? `all ${whole.format(inRange)} points` : `${whole.format(shown)} of ${whole.format(inRange)} points`;
  const why = isExact ? "Every point is drawn." : "The lowest and the highest of each stretch are drawn, so that no extreme is lost. Zoom in for every point.";
  return (
    <span title={why}>
      <Badge color={isExact ? "green" : "blue"}>{inRange < total ? `${text} here, ${whole.format(total)} in all` : text}</Badge>
    </span>
  );
}
