import Pagination from "@cloudscape-design/components/pagination";
import { cellText, isNumeric } from "./table.ts";

/** Rows of one page, and columns of one screen: wider tables are cut, and say so. */
export const rowsPerPage = 100;
const mostColumns = 100;
const mostCellText = 1000;

interface TableViewProps {
  readonly label: string;
  readonly columns: readonly string[];
  /** The rows of this page. */
  readonly rows: readonly (readonly unknown[])[];
  /** Of how many rows; and where this page begins. */
  readonly count: number;
  readonly page: number;
  readonly setPage: (page: number) => void;
  readonly sorted?: { readonly column: number; readonly isDescending: boolean } | undefined;
  readonly sort?: (column: number) => void;
}

const whole = new Intl.NumberFormat("en");

/** A page of rows in a box that scrolls, with its pages. */
export function TableView({ label, columns, rows, count, page, setPage, sorted, sort }: TableViewProps) {
  const shown = columns.slice(0, mostColumns);
  const numeric = shown.map((_, column) => isNumeric(rows, column));
  const first = (page - 1) * rowsPerPage;
  const order = (column: number) => (sorted?.column === column ? (sorted.isDescending ? "descending" : "ascending") : "none");
  return (
    <>
      <div className="viewer-bar">
        <span role="status" className="artifact-size">
          {count === 0 ? "no row" : `rows ${whole.format(first + 1)} to ${whole.format(Math.min(first + rowsPerPage, count))} of ${whole.format(count)}`}
          {columns.length > mostColumns && `, the first ${mostColumns} of ${whole.format(columns.length)} columns`}
        </span>
        {count > rowsPerPage && (
          <Pagination
            currentPageIndex={page}
            pagesCount={Math.ceil(count / rowsPerPage)}
            ariaLabels={{ nextPageLabel: "Next page", previousPageLabel: "Previous page", pageLabel: (number) => `Page ${number}` }}
            onChange={({ detail }) => setPage(detail.currentPageIndex)}
          />
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="scroll-box" aria-label={label} tabIndex={0}>
        <table className="file-table">
          <thead>
            <tr>
              {shown.map((name, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: names of columns may repeat
                <th key={column} scope="col" className={numeric[column] ? "number" : ""} aria-sort={order(column)}>
                  {sort ? (
                    <button type="button" onClick={() => sort(column)}>
                      {name} {order(column) === "none" ? "" : order(column) === "ascending" ? "↑" : "↓"}
                    </button>
                  ) : (
                    name
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name than their place
              <tr key={first + index}>
                {shown.map((_name, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <td key={column} className={numeric[column] ? "number" : ""}>
                    {cellText(row[column]).slice(0, mostCellText)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
