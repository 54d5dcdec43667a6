import type { Shortcut } from "./registry.ts";

/** What says that there are no rows is a row of one wide cell. */
const isOfData = ({ cells }: HTMLTableRowElement) => cells.length > 1 || cells[0]?.colSpan === 1;
/** Rows of the page's lists, in the order of the page. */
const rows = (): readonly HTMLElement[] => [...document.querySelectorAll<HTMLTableRowElement>("main table tbody tr")].filter(isOfData);
const current = (): HTMLElement | null => document.activeElement?.closest<HTMLElement>("main table tbody tr") ?? null;

/** A row is gone to by the link that names it; one without a link takes the focus itself. */
function goTo(row: HTMLElement): void {
  const link = row.querySelector<HTMLElement>("th a[href], th button") ?? row.querySelector<HTMLElement>("a[href]");
  if (link === null) row.tabIndex = -1;
  (link ?? row).focus();
  row.scrollIntoView({ block: "nearest" });
}

function step(by: 1 | -1): void {
  const all = rows();
  const at = current();
  const next = at === null ? (by === 1 ? all[0] : all.at(-1)) : all[all.indexOf(at) + by];
  if (next !== undefined) goTo(next);
}

/** Opens what holds actions, or goes to the first of several. */
function act(): void {
  const menu = current()?.querySelector<HTMLElement>("button[aria-haspopup]");
  if (menu) menu.click();
  else document.querySelector<HTMLElement>("main [data-page-actions] :is(button, a):not([disabled])")?.focus();
}

/** What the keys do where rows are listed. */
export const listShortcuts: readonly Shortcut[] = [
  { keys: "j", does: "Next row (Enter opens it)", run: () => step(1) },
  { keys: "k", does: "Row before", run: () => step(-1) },
  { keys: "x", does: "Choose the row", run: () => current()?.querySelector<HTMLElement>("input[type=checkbox]")?.click() },
  { keys: ".", does: "Actions of the row, or of the page", run: act },
];
