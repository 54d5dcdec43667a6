import Skeleton from "@cloudscape-design/components/skeleton";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorCard } from "./error-card.tsx";

/** What a query found, once it is there; until then its outline, or why it is not. */
export function Loaded<T>({ query, children }: { readonly query: UseQueryResult<T>; readonly children: (data: T) => ReactNode }) {
  if (query.data !== undefined && !query.isPlaceholderData) return children(query.data);
  if (query.error) return <ErrorCard error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton height="8rem" />;
}
