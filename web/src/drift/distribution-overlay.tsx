import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { DataTable } from "../parts/data-table.tsx";
import { percent } from "../parts/format.ts";
import type { ColumnReply } from "./wire.ts";
import "./distribution.css";

interface DistributionOverlayProps {
  readonly name: string;
  readonly histogram: NonNullable<ColumnReply["histogram"]>;
}
const size = { width: 640, height: 220 } as const;
const edge = { left: 68, right: 8, top: 8, bottom: 44 } as const;
const inner = { width: size.width - edge.left - edge.right, height: size.height - edge.top - edge.bottom } as const;
const mostLabels = 5;

/** Two distributions on one axis: the reference as bars, the window as an outline over them; the shares are rows below. */
export function DistributionOverlay({ name, histogram }: DistributionOverlayProps) {
  const { labels, reference, current } = histogram;
  const top = Math.max(...reference, ...current, 1e-9);
  const step = inner.width / Math.max(1, labels.length);
  const y = (share: number) => edge.top + (1 - share / top) * inner.height;
  const outline = current.map((share, index) => `${index === 0 ? "M" : "L"}${edge.left + index * step} ${y(share)}H${edge.left + (index + 1) * step}`).join("");
  const every = Math.ceil(labels.length / mostLabels);
  const rows = labels.map((label, index) => ({ label, before: reference[index] ?? 0, now: current[index] ?? 0 }));
  return (
    <div className="distribution">
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={`Distribution of ${name}, reference and window; the shares are in the table below`}
      >
        {[0, 0.5, 1].map((part) => (
          <g key={part} className="distribution-tick">
            <path d={`M${edge.left} ${y(part * top)}H${size.width - edge.right}`} />
            <text x={edge.left - 6} y={y(part * top) + 4} textAnchor="end">
              {percent(part * top)}
            </text>
          </g>
        ))}
        {rows.map(({ label, before }, index) => (
          <rect
            key={label}
            className="then"
            x={edge.left + index * step + 0.5}
            y={y(before)}
            width={Math.max(1, step - 1)}
            height={edge.top + inner.height - y(before)}
          />
        ))}
        <path className="now" d={outline} />
        {rows.map(({ label }, index) =>
          index % every === 0 ? (
            <text key={label} className="distribution-label" x={edge.left + (index + 0.5) * step} y={size.height - 24} textAnchor="middle">
              {label.length > 13 ? `${label.slice(0, 12)}…` : label}
            </text>
          ) : null,
        )}
      </svg>
      <p className="distribution-key">
        <span className="key-then" /> reference <span className="key-now" /> this window
      </p>
      <ExpandableSection headerText="The shares as a table">
        <DataTable
          name={`shares-${name}`}
          title="Shares"
          filtering={false}
          items={rows}
          rowKey={({ label }) => label}
          empty="No value."
          columns={[
            { id: "bin", header: "Values", cell: ({ label }) => <span className="named">{label}</span>, isName: true },
            { id: "then", header: "Reference", cell: ({ before }) => percent(before), sortBy: ({ before }) => before },
            { id: "now", header: "This window", cell: ({ now }) => percent(now), sortBy: ({ now }) => now },
            { id: "change", header: "Change", cell: ({ before, now }) => percent(now - before), sortBy: ({ before, now }) => now - before },
          ]}
        />
      </ExpandableSection>
    </div>
  );
}
