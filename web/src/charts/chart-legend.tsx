import { useIsDark } from "../frame/preferences.ts";
import { styleOf } from "./palette.ts";
import { entriesOf, type Series } from "./series.ts";

interface ChartLegendProps {
  readonly series: readonly Series[];
  readonly hidden: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
}

/** The lines of a chart, or their groups, by colour, dash and name; each is a button that hides what it names. */
export function ChartLegend({ series, hidden, toggle }: ChartLegendProps) {
  const isDark = useIsDark();
  const named = entriesOf(series);
  if (named.length < 2) return null;
  return (
    <ul className="chart-legend" aria-label="Lines">
      {named.map(({ id, label, colour }) => {
        const style = styleOf(colour, isDark);
        return (
          <li key={id}>
            <button type="button" aria-pressed={!hidden.has(id)} onClick={() => toggle(id)}>
              <svg width="24" height="8" aria-hidden="true">
                <line x1="0" x2="24" y1="4" y2="4" stroke={style.colour} strokeWidth="3" strokeDasharray={style.dash.join(" ") || undefined} />
              </svg>
              <span className="name">{label}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
