import { useCallback, useMemo, useRef, useState } from "react";
import { navigate } from "wouter/use-browser-location";
import { address } from "../../address.ts";
import { Refused } from "../../client.ts";
import { usePreferences } from "../../frame/preferences.ts";
import { Grid, type GridHandle } from "../../grid/grid.tsx";
import type { HeaderDeeds, View } from "../../grid/grid-types.ts";
import { Menu } from "../../grid/menu.tsx";
import { Empty } from "../../parts/empty.tsx";
import { ErrorCard } from "../../parts/error-card.tsx";
import { NotRead } from "../../parts/not-read.tsx";
import { useShortcuts } from "../../shortcuts/registry.ts";
import type { ExperimentReply } from "../wire.ts";
import "./runs-table.css";
import { columnItems } from "./column-menu.ts";
import { nameColumn } from "./column-names.ts";
import { FilterBar } from "./filter-bar.tsx";
import { gridColumns, widthOf } from "./grid-columns.tsx";
import { groupName } from "./run-cells.tsx";
import { useRunDeeds } from "./run-deeds.ts";
import { movedColumns } from "./shown-columns.ts";
import { StatusLine } from "./status-line.tsx";
import { tablePath } from "./table-address.ts";
import type { TableRow } from "./table-cells.ts";
import { reordered } from "./table-state.ts";
import { Toolbar } from "./toolbar.tsx";
import { useNarrow } from "./use-narrow.ts";
import { useShownColumns } from "./use-shown-columns.ts";
import { useTableCells } from "./use-table-cells.ts";
import { useTableState } from "./use-table-state.ts";

const nothing: View = { rows: { first: 0, end: 0 }, columns: { first: 0, end: 0 } };
const none: ReadonlySet<string> = new Set();
const isRun = ({ run }: TableRow) => run !== null;
const idOf = ({ id }: TableRow) => id;

/** The runs of an experiment: only what is in view is read and drawn, and what scripts log meanwhile shows at once. */
export function RunsTable({ experiment }: { readonly experiment: ExperimentReply["experiment"] }) {
  const experimentId = experiment.experiment_id;
  const [state, change] = useTableState();
  const [view, setView] = useState(nothing);
  const [selected, setSelected] = useState(none);
  const [menu, setMenu] = useState<{ readonly column: string; readonly at: HTMLElement }>();
  const grid = useRef<GridHandle>(null);
  const isNarrow = useNarrow();
  const { names: shown, counts } = useShownColumns(experimentId, state);
  const [pinned, free] = useMemo(() => {
    const stays = new Set([nameColumn, ...(isNarrow ? [] : state.pinned)]);
    return [shown.filter((name) => stays.has(name)), shown.filter((name) => !stays.has(name))];
  }, [shown, state.pinned, isNarrow]);
  const { cells, error, isReading, tookMs, query, again } = useTableCells(tablePath(experimentId, state), view, pinned, free);
  const deeds = useRunDeeds();
  const preferred = usePreferences().density;
  const isCompact = (state.density || preferred) === "compact";

  const latest = useRef({ state, shown });
  latest.current = { state, shown };
  const toggle = useCallback(
    (id: string) => {
      const { open } = latest.current.state;
      change({ open: open.includes(id) ? open.filter((one) => one !== id) : [...open, id] });
    },
    [change],
  );
  const header = useMemo<HeaderDeeds>(
    () => ({
      sort: (column, adds) => change({ order: reordered(latest.current.state.order, column, adds) }),
      resize: (column, width) => change({ widths: { ...latest.current.state.widths, [column]: width } }),
      move: (column, onto) => {
        const next = movedColumns(latest.current.shown, latest.current.state.columns, column, onto);
        if (next) change({ columns: next });
      },
      menu: (column, at) => setMenu({ column, at }),
    }),
    [change],
  );
  const facts = cells?.facts;
  const columns = useMemo(
    () => gridColumns({ state, shown: [...pinned, ...free], facts: facts ?? {}, toggle, isNarrow }),
    [state, pinned, free, facts, toggle, isNarrow],
  );
  const nameOf = useCallback((row: TableRow) => (row.run ? row.run.name || row.id : groupName(row, state.group)), [state.group]);
  const rowAt = useCallback((index: number) => cells?.rows.get(index), [cells]);
  const compare = () => navigate(address(["compare"], { runs: [...selected].join(","), by: state.group.join(",") }));
  const enter = useCallback((row: TableRow) => (row.run ? navigate(address(["runs", row.id])) : toggle(row.id)), [toggle]);
  const openActive = () => {
    const row = rowAt(grid.current?.row() ?? -1);
    if (row && row.children > 0) toggle(row.id);
  };
  useShortcuts("Runs", [
    { keys: "j", does: "Next run", run: () => grid.current?.go(1) },
    { keys: "k", does: "Run before", run: () => grid.current?.go(-1) },
    { keys: "x", does: "Choose the run", run: () => grid.current?.toggle() },
    { keys: "o", does: "Open or close what is beneath", run: openActive },
    { keys: "c", does: "Compare the chosen runs", run: () => selected.size > 1 && compare() },
  ]);
  const closeMenu = useCallback(() => setMenu(undefined), []);
  const isRefused = error instanceof Refused && error.status === 400;
  return (
    <div className="runs-table">
      <FilterBar
        experimentId={experimentId}
        filter={state.filter}
        understood={cells && !isReading && !error ? { filter: state.filter, conditions: cells.conditions } : undefined}
        error={error}
        ask={(filter) => change({ filter })}
      />
      <Toolbar {...{ experiment, state, change, shown, selected, deeds, isCompact, compare }} clear={() => setSelected(none)} />
      {error && !isRefused && <ErrorCard error={error} retry={again} />}
      <NotRead query={isRefused ? { ...query, error: null } : { ...query, error }} />
      <Grid
        label="Runs"
        handle={grid}
        columns={columns}
        total={cells?.total ?? 0}
        rowAt={rowAt}
        rowKey={idOf}
        rowHeight={isCompact ? 30 : 40}
        canSelect={isRun}
        selected={selected}
        onSelect={setSelected}
        onView={setView}
        deeds={header}
        onEnter={enter}
        nameOf={nameOf}
        busy={isReading}
        empty={
          cells === undefined ? null : state.filter !== "" ? (
            "No run meets the filter."
          ) : state.trash ? (
            "The trash is empty."
          ) : (
            <Empty text="No run yet. Log one:" command={`export MLFLOW_TRACKING_URI=${window.location.origin}`} />
          )
        }
      />
      <StatusLine {...{ cells, counts, shown: shown.length, selected: selected.size, tookMs, isReading }} />
      {menu && (
        <Menu
          title={menu.column}
          at={menu.at}
          close={closeMenu}
          items={columnItems({ column: menu.column, state, shown, change, width: widthOf(menu.column, state) })}
        />
      )}
    </div>
  );
}
