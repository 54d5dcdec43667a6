import type { MouseEvent } from "react";
import { navigate } from "wouter/use-browser-location";
import { address } from "../../address.ts";
import { Moment } from "../../parts/moment.tsx";
import { State } from "../../parts/state.tsx";
import { Ago } from "./ago.tsx";
import { keyOf } from "./column-names.ts";
import type { TableRow } from "./table-cells.ts";

/** `depth = 2, seed = 1`: what the runs of a group share. */
export const groupName = (row: TableRow, group: readonly string[]): string =>
  (row.group ?? []).map((value, index) => `${keyOf(group[index] ?? "")} = ${value ?? "(none)"}`).join(", ");

/** Within the page, unless another tab or window is asked for. */
function follow(event: MouseEvent, id: string): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  navigate(address(["runs", id]));
}

interface NameCellProps {
  readonly row: TableRow;
  readonly group: readonly string[];
  readonly isOpen: boolean;
  readonly toggle: (id: string) => void;
}

/** The run's name beneath its parents', or the group's; opens what is beneath it. */
export function NameCell({ row, group, isOpen, toggle }: NameCellProps) {
  const { id, depth, children, run } = row;
  const name = run ? run.name || id : groupName(row, group);
  return (
    <>
      {depth > 0 && <span aria-hidden="true" className="grid-depth" style={{ width: depth * 18 }} />}
      {children > 0 && (
        <button
          type="button"
          tabIndex={-1}
          className="grid-open"
          aria-expanded={isOpen}
          aria-label={`${isOpen ? "Close" : "Open"} ${name}`}
          onClick={() => toggle(id)}
        >
          {isOpen ? "▾" : "▸"}
        </button>
      )}
      {run ? (
        <a className="grid-text grid-link" title={name} tabIndex={-1} href={address(["runs", id])} onClick={(event) => follow(event, id)}>
          {name}
        </a>
      ) : (
        <b className="grid-text" title={name}>
          {name}
        </b>
      )}
      {children > 0 && <span className="grid-count">({children})</span>}
    </>
  );
}

/** What every run has, in a column of its own. */
export function AttributeCell({ row: { id, run }, column }: { readonly row: TableRow; readonly column: string }) {
  if (!run) return null;
  switch (column) {
    case "attributes.status":
      return <State of={run.status} />;
    case "attributes.start_time":
      return <Moment at={run.startTime} />;
    case "attributes.end_time":
      return <Moment at={run.endTime} />;
    case "attributes.duration":
      return <Ago from={Number(run.startTime)} until={run.endTime === null ? null : Number(run.endTime)} />;
    case "attributes.user_id":
      return <span className="grid-text">{run.userId || "–"}</span>;
    default:
      return <code className="grid-text">{id}</code>;
  }
}
