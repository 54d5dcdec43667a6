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
  /** Undefined until they are known. */
  readonly items: readonly WorkItem[] | undefined;
  readonly query: UseQueryResult;
  readonly empty: ReactNode;
  /** Where all of them are listed. */
  readonly all: { readonly href: string; readonly text: string };
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
}

function Rows({ items, empty, all }: Pick<WorkListProps, "empty" | "all"> & { readonly items: readonly WorkItem[] }) {
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
          The newest {most} of {items.length}. <GoTo href={all.href}>{all.text}</GoTo>
        </div>
      )}
    </>
  );
}

/** The newest of something that asks for attention, in a few lines. */
export function WorkList({ title, items, query, empty, all, description, actions }: WorkListProps) {
  return (
    <Card title={title} {...(items && { counter: `(${items.length})` })} description={description} actions={actions}>
      {query.error && !query.data ? (
        <ErrorCard error={query.error} retry={() => void query.refetch()} />
      ) : (
        <>
          <NotRead query={query} />
          {items ? <Rows items={items} empty={empty} all={all} /> : <Skeleton height="2rem" />}
        </>
      )}
    </Card>
  );
}
