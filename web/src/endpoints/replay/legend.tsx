import { styleOf } from "../../charts/palette.ts";
import { useIsDark } from "../../frame/preferences.ts";
import { MarkShape } from "./mark-shape.tsx";
import { kinds, type Mark } from "./marks.ts";

/** What the colours and the shapes of the track stand for; of the shapes those that are there. */
export function Legend({ variants, marks }: { readonly variants: readonly string[]; readonly marks: readonly Mark[] }) {
  const isDark = useIsDark();
  const shown = Object.entries(kinds).filter(([kind]) => marks.some((mark) => mark.kind === kind)) as [Mark["kind"], string][];
  return (
    <ul className="replay-legend" aria-label="What the track shows">
      {variants.map((variant, place) => (
        <li key={`variant ${variant}`}>
          <svg width="14" height="14" aria-hidden="true">
            <rect width="14" height="14" rx="2" fill={styleOf(place, isDark).colour} />
          </svg>
          <span className="name">{variant}</span>
        </li>
      ))}
      {shown.map(([kind, text]) => (
        <li key={kind}>
          <svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">
            <MarkShape kind={kind} outcome="open" />
          </svg>
          {text}
        </li>
      ))}
    </ul>
  );
}
