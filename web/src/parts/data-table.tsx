import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Skeleton from "@cloudscape-design/components/skeleton";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { setQuery, useUrlState } from "../frame/url-state.ts";
import { arrange, pageOf, pageSize, sortedBy, sortKeys } from "./arrange.ts";
import type { Column } from "./column.ts";
import { ErrorCard } from "./error-card.tsx";
import { FilterTokens } from "./filter-tokens.tsx";
import { askedOf, inView, placesOf } from "./list-columns.ts";
import { ListColumns, ListExport } from "./list-tools.tsx";
import { NotRead } from "./not-read.tsx";

interface DataTableProps<T> {
  /** Names the table's state in the page's address. */
  readonly name: string;
  readonly title: string;
  /** Undefined until they are known: then `query` says why they are not. */
  readonly items: readonly T[] | undefined;
  /** Where the items come from: its failure is shown in their place, with a way to try again. */
  readonly query?: Asked;
  readonly columns: readonly Column<T>[];
  readonly rowKey: (item: T) => string;
  readonly empty: ReactNode;
  readonly actions?: ReactNode;
  /** False where rows are few by nature: then columns are not chosen and rows not exported either. @default true */
  readonly filtering?: boolean;
  /** Stands where the list's filter would: of a list whose rows the platform filters. */
  readonly filter?: ReactNode;
  /** Reads the same rows with a client; offered beside files. */
  readonly python?: string;
  readonly description?: ReactNode;
  /** Rows that are chosen, by key; without it none can be. */
  readonly selection?: Selection;
  /** Told of the keys of the rows that are on the page, whenever they change. */
  readonly onShown?: (keys: readonly string[]) => void;
}

export interface Selection {
  readonly keys: ReadonlySet<string>;
  readonly choose: (keys: ReadonlySet<string>) => void;
}

/** Pixels that hold a word: cells may break words, and a table of many columns would break every one rather than scroll. */
const narrowest = 104;

type Asked = Pick<UseQueryResult, "error" | "refetch" | "data" | "dataUpdatedAt">;

/** What stands where rows would be: why there are none, or their outline while they are read. */
function NoRows({ isKnown, query, children }: { readonly isKnown: boolean; readonly query: Asked | undefined; readonly children: ReactNode }) {
  if (isKnown) return children;
  if (query?.error) return <ErrorCard error={query.error} retry={() => void query.refetch()} />;
  return (
    <div role="status" aria-label="Reading">
      <Skeleton height="6rem" />
    </div>
  );
}

/** How a column is named in the filter, by one of the list. */
function filterHint<T>(columns: readonly Column<T>[]): string {
  const others = columns.filter(({ isName, isOptional, sortBy, searchBy }) => isName !== true && isOptional !== true && (sortBy ?? searchBy));
  const column = others.find(({ isTime }) => isTime !== true) ?? others[0];
  if (column === undefined) return "Filter";
  const named = column.header.toLowerCase().replaceAll(" ", "");
  return `Filter, or ${named}${column.isTime === true ? ">2026-01-31" : ":text"}`;
}

/** Rows that are all here: filtered, sorted and paged in the browser, with the state in the address. */
export function DataTable<T>({
  name,
  title,
  items,
  query,
  columns,
  rowKey,
  empty,
  actions,
  description,
  filtering = true,
  filter: ownFilter,
  python,
  selection,
  onShown,
}: DataTableProps<T>) {
  const [typed] = useUrlState(`${name}-q`);
  const text = ownFilter === undefined ? typed : "";
  const [sort] = useUrlState(`${name}-sort`);
  const [askedPage, setPage] = useUrlState(`${name}-page`, "1");
  const [asked, setAsked] = useUrlState(`${name}-columns`);
  const places = placesOf(columns, asked);
  const found = arrange(items ?? [], columns, { text, sort });
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  // The address may be older than the list.
  const page = Math.min(pages, Number(askedPage) || 1);
  const shown = pageOf(found, page);
  const shownKeys = shown.map(rowKey).join("\n");
  useEffect(() => onShown?.(shownKeys === "" ? [] : shownKeys.split("\n")), [shownKeys, onShown]);
  const nameOf = columns.find(({ isName }) => isName)?.sortBy;
  const rowLabel = (item: T) => String(nameOf?.(item) ?? rowKey(item));
  const orders = sortKeys(sort).flatMap(({ id, descending }) => {
    const column = columns.find((one) => one.id === id && one.sortBy);
    return column ? [{ id, descending, header: column.header }] : [];
  });
  const [sorted] = orders;
  const filter = (next: string) => setQuery({ [`${name}-q`]: next, [`${name}-page`]: "" });
  return (
    <Table<T>
      variant="container"
      wrapLines
      items={[...shown]}
      trackBy={rowKey}
      {...(selection && {
        selectionType: "multi" as const,
        selectedItems: (items ?? []).filter((item) => selection.keys.has(rowKey(item))),
        onSelectionChange: ({ detail }) => selection.choose(new Set(detail.selectedItems.map(rowKey))),
      })}
      empty={
        <NoRows isKnown={items !== undefined} query={query}>
          {text === "" ? empty : "Nothing matches the filter."}
        </NoRows>
      }
      header={
        <Header
          counter={items && (selection && selection.keys.size > 0 ? `(${selection.keys.size} of ${items.length})` : `(${items.length})`)}
          actions={
            filtering ? (
              <SpaceBetween direction="horizontal" size="xs">
                <ListExport title={title} items={found} columns={inView(columns, places)} python={python} />
                {actions}
              </SpaceBetween>
            ) : (
              actions
            )
          }
          description={
            <>
              {description}
              {orders.length > 1 && <div>Sorted by {orders.map(({ header }) => header).join(", then ")}.</div>}
              {query && <NotRead query={query} />}
            </>
          }
        >
          {title}
        </Header>
      }
      columnDefinitions={columns.map(({ id, header, cell, sortBy, isName, width }) => ({
        id,
        header,
        cell,
        ...(sortBy && { sortingField: id }),
        ...(isName && { isRowHeader: true }),
        minWidth: width ?? narrowest,
        ...(width !== undefined && { width }),
      }))}
      {...(sorted && { sortingColumn: { sortingField: sorted.id }, sortingDescending: sorted.descending })}
      onSortingChange={({ detail }) =>
        setQuery({
          [`${name}-sort`]: sortedBy(sort, { id: detail.sortingColumn.sortingField ?? "", descending: detail.isDescending === true }),
          [`${name}-page`]: "",
        })
      }
      filter={
        ownFilter ??
        (filtering && (
          <SpaceBetween size="xs">
            <TextFilter
              filteringText={text}
              filteringAriaLabel={`Filter ${title}`}
              filteringPlaceholder={filterHint(columns)}
              countText={text === "" ? "" : `${found.length} found`}
              onChange={({ detail }) => filter(detail.filteringText)}
            />
            <FilterTokens text={text} columns={columns} change={filter} />
          </SpaceBetween>
        ))
      }
      columnDisplay={places}
      preferences={filtering && <ListColumns title={title} columns={columns} places={places} change={(next) => setAsked(askedOf(columns, next))} />}
      pagination={pages > 1 && <Pagination currentPageIndex={page} pagesCount={pages} onChange={({ detail }) => setPage(String(detail.currentPageIndex))} />}
      ariaLabels={{
        tableLabel: title,
        ...(selection && { allItemsSelectionLabel: () => "Select all", itemSelectionLabel: (_, item) => `Select ${rowLabel(item)}` }),
      }}
    />
  );
}
