import type { GridColumn, HeaderDeeds } from "./grid-types.ts";
import { headerHeight, selectWidth } from "./grid-types.ts";
import { HeaderCell } from "./header-cell.tsx";

interface GridHeaderProps<R> {
  readonly width: number;
  readonly pinned: readonly GridColumn<R>[];
  readonly pinnedLeft: readonly number[];
  readonly shown: readonly GridColumn<R>[];
  readonly first: number;
  readonly before: number;
  readonly active: number;
  readonly deeds: HeaderDeeds;
  readonly neighbour: (from: string, by: number) => string | undefined;
  readonly chosen: "none" | "some" | "all";
  readonly chooseAll: () => void;
}

/** The names of the columns in view, above the rows. */
export function GridHeader<R>({ width, pinned, pinnedLeft, shown, first, before, active, deeds, neighbour, chosen, chooseAll }: GridHeaderProps<R>) {
  const cell = (column: GridColumn<R>, at: number, left?: number) => (
    <HeaderCell key={column.id} column={column} at={at} isActive={active === at} deeds={deeds} neighbour={neighbour} {...(left !== undefined && { left })} />
  );
  return (
    <div role="rowgroup" className="grid-header" style={{ height: headerHeight, width }}>
      <div role="row" aria-rowindex={1} className="grid-header-row" style={{ width }}>
        <div
          role="columnheader"
          aria-colindex={1}
          data-at="-1,0"
          tabIndex={active === 0 ? 0 : -1}
          className="grid-cell grid-heading grid-pinned grid-select"
          style={{ width: selectWidth, left: 0 }}
        >
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label="Choose all rows that are read"
            checked={chosen === "all"}
            ref={(box) => {
              if (box) box.indeterminate = chosen === "some";
            }}
            onChange={chooseAll}
          />
        </div>
        {pinned.map((column, place) => cell(column, place + 1, pinnedLeft[place] ?? 0))}
        <div role="presentation" className="grid-spacer" style={{ width: before }} />
        {shown.map((column, place) => cell(column, 1 + pinned.length + first + place))}
      </div>
    </div>
  );
}
