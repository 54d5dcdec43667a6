import Skeleton from "@cloudscape-design/components/skeleton";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Card } from "../parts/card.tsx";
import { ErrorCard } from "../parts/error-card.tsx";
import { GoTo } from "../parts/go-to.tsx";
import { NotRead } from "../parts/not-read.tsx";

/** As many as fit beside the other lists. */
const most = 5;

export interface WorkItem {
  readonly href: string;
  readonly text: string;
  /** How it is, and since when. */
  readonly state: ReactNode;
  readonly more?: ReactNode;
}

interface WorkListProps {
  readonly title: string;
  /** Those that matter most first; undefined until they are known. */
  readonly items: readonly WorkItem[] | undefined;
  /** How many there are, where not all were read. @default as many as items */
  readonly total?: number | undefined;
  /** There are more than `total`. */
  readonly isMore?: boolean;
  /** Where they come from: what could not be read is said in its place. */
  readonly queries: readonly UseQueryResult[];
  readonly empty: ReactNode;
  /** Where all of them are listed. */
  readonly all: readonly { readonly href: string; readonly text: string }[];
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
}

interface RowsProps extends Pick<WorkListProps, "empty" | "all"> {
  readonly items: readonly WorkItem[];
  readonly count: string;
}

function Rows({ items, count, empty, all }: RowsProps) {
  if (items.length === 0) return <div className="secondary">{empty}</div>;
  return (
    <>
      <ul className="work">
        {items.slice(0, most).map(({ href, text, state, more }) => (
          <li key={`${href} ${text}`}>
            <span className="named">
              <GoTo href={href}>{text}</GoTo>
            </span>
            <span className="work-state">{state}</span>
            {more !== undefined && <span className="work-more">{more}</span>}
          </li>
        ))}
      </ul>
      {items.length > most && (
        <div className="secondary">
          The newest {most} of {count}.{" "}
          {all.map(({ href, text }) => (
            <span key={href} className="work-all">
              <GoTo href={href}>{text}</GoTo>
            </span>
          ))}
        </div>
      )}
    </>
  );
}

/** The newest of something that asks for attention, in a few lines. */
export function WorkList({ title, items, total = items?.length ?? 0, isMore = false, queries, empty, all, description, actions }: WorkListProps) {
  const count = `${isMore ? "at least " : ""}${total}`;
  const isKnown = queries.every(({ data, error }) => data !== undefined || error);
  return (
    <Card title={title} {...(items && isKnown && { counter: `(${count})` })} description={description} actions={actions}>
      {queries.map(
        (query, index) =>
          query.error && query.data === undefined && <ErrorCard key={all[index]?.href} error={query.error} retry={() => void query.refetch()} />,
      )}
      {queries.some(({ error, data }) => !error || data !== undefined) && (
        <>
          {queries.map((query, index) => (
            <NotRead key={all[index]?.href} query={query} />
          ))}
          {items && isKnown ? <Rows items={items} count={count} empty={empty} all={all} /> : <Skeleton height="2rem" />}
        </>
      )}
    </Card>
  );
}
