import Skeleton from "@cloudscape-design/components/skeleton";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorCard } from "./error-card.tsx";
import { NotRead } from "./not-read.tsx";

/** What a query found, once it is there; until then its outline, or why it is not. What could not be read anew stays, and says so. */
export function Loaded<T>({ query, children }: { readonly query: UseQueryResult<T>; readonly children: (data: T) => ReactNode }) {
  if (query.data !== undefined && !query.isPlaceholderData) {
    return (
      <>
        <NotRead query={query} />
        {children(query.data)}
      </>
    );
  }
  if (query.error) return <ErrorCard error={query.error} retry={() => void query.refetch()} />;
  return (
    <div role="status" aria-label="Reading">
      <Skeleton height="8rem" />
    </div>
  );
}
