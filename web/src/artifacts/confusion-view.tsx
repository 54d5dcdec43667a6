import SegmentedControl from "@cloudscape-design/components/segmented-control";
import { useState } from "react";
import { useIsDark } from "../frame/preferences.ts";
import { number, percent } from "../parts/format.ts";
import type { ConfusionMatrix } from "./drawings.ts";

const total = (row: readonly number[]) => row.reduce((sum, count) => sum + count, 0);

/** A confusion matrix as a table that is coloured by the share of each actual class. */
export function ConfusionView({ matrix: { labels, counts } }: { readonly matrix: ConfusionMatrix }) {
  const [unit, setUnit] = useState("counts");
  const isDark = useIsDark();
  const right = counts.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  const all = counts.reduce((sum, row) => sum + total(row), 0);
  const fill = (share: number) => (isDark ? `rgb(76 144 240 / ${share * 75}%)` : `rgb(17 110 200 / ${share * 55}%)`);
  return (
    <>
      <div className="viewer-bar">
        <SegmentedControl
          label="Cells"
          selectedId={unit}
          options={[
            { id: "counts", text: "Counts" },
            { id: "shares", text: "Share of actual" },
          ]}
          onChange={({ detail }) => setUnit(detail.selectedId)}
        />
        <span role="status">{all > 0 && `${number(right)} of ${number(all)} on the diagonal (${percent(right / all)})`}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="scroll-box" aria-label="Confusion matrix" tabIndex={0}>
        <table className="file-table confusion">
          <caption>Actual class by row, predicted class by column</caption>
          <thead>
            <tr>
              <td />
              {labels.map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {counts.map((row, actual) => (
              <tr key={labels[actual]}>
                <th scope="row">{labels[actual]}</th>
                {row.map((count, predicted) => {
                  const share = count / (total(row) || 1);
                  return (
                    <td key={labels[predicted]} style={{ background: fill(share) }} title={`${labels[actual]} taken for ${labels[predicted]}: ${count}`}>
                      {unit === "counts" ? number(count) : percent(share)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
