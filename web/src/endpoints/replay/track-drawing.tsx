import { memo, useMemo } from "react";
import { styleOf } from "../../charts/palette.ts";
import { useIsDark } from "../../frame/preferences.ts";
import { number } from "../../parts/format.ts";
import { type Box, requestBoxes, shareBoxes, variantsOf } from "./bands.ts";
import type { History } from "./history.ts";
import { MarkShape } from "./mark-shape.tsx";
import type { Mark } from "./marks.ts";
import { placeOf, type Stretch } from "./stretch.ts";

interface TrackDrawingProps {
  readonly history: History;
  readonly marks: readonly Mark[];
  readonly stretch: Stretch;
}
const percent = (part: number) => `${part * 100}%`;

/** What lies under the thumb: the marks, the shares from change to change, and the requests minute by minute. The table of marks says the same. */
export const TrackDrawing = memo(function Drawing({ history, marks, stretch }: TrackDrawingProps) {
  const isDark = useIsDark();
  const { shares, requests, order } = useMemo(
    () => ({ shares: shareBoxes(history, stretch), requests: requestBoxes(history, stretch), order: variantsOf(history) }),
    [history, stretch],
  );
  const seen = marks.filter(({ at }) => at >= stretch.from && at <= stretch.to);
  const draw = (boxes: readonly Box[]) =>
    boxes.map(({ variant, x, width, y, height }) => (
      <rect
        key={`${variant} ${x}`}
        x={percent(x)}
        width={percent(width)}
        y={percent(y)}
        height={percent(height)}
        fill={styleOf(order.indexOf(variant), isDark).colour}
      />
    ));
  return (
    <div className="replay-lanes" aria-hidden="true">
      <svg aria-hidden="true" className="replay-marks" width="100%" height="24">
        {seen.map(({ id, at, kind, outcome, title }) => (
          <svg key={id} x={percent(placeOf(stretch, at))} y="12" overflow="visible">
            <title>{title}</title>
            <MarkShape kind={kind} outcome={outcome} />
          </svg>
        ))}
      </svg>
      <span className="replay-lane-name">Shares of the traffic</span>
      <svg aria-hidden="true" className="replay-lane" width="100%" height="44">
        {draw(shares)}
      </svg>
      <span className="replay-lane-name">
        {requests.busiest === 0 ? "No request in this stretch" : `Requests by minute, at most ${number(requests.busiest)}`}
      </span>
      <svg aria-hidden="true" className="replay-lane" width="100%" height="44">
        {draw(requests.boxes)}
      </svg>
    </div>
  );
});
