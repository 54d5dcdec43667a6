import { type UseQueryResult, useQuery } from "@tanstack/react-query";

/** A file that is read once and made into something; a large one does not outlive its view for long. */
export const useFile = <T>(file: string, as: string, read: (signal: AbortSignal) => Promise<T>): UseQueryResult<T> =>
  useQuery({ queryKey: [file, as], queryFn: ({ signal }) => read(signal), staleTime: Number.POSITIVE_INFINITY, gcTime: 30_000 });
