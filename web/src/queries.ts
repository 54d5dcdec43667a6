import { keepPreviousData, QueryClient, type UseQueryResult, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Refused, read, send } from "./client.ts";
import { useToasts } from "./frame/toasts.tsx";
import { session } from "./session.ts";

/** What the page has read. It asks again by the clock of each query; a refusal is shown, not repeated at once. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { networkMode: "always", retry: false, staleTime: 1000, gcTime: 60_000, refetchOnWindowFocus: true },
    mutations: { networkMode: "always" },
  },
});

export interface Pace {
  /** Milliseconds between reads while the page is seen. @default 5000 */
  readonly every?: number | false;
  readonly enabled?: boolean;
}

/** Nobody is asked by the clock while nobody answers or the user is not known: `frame/recovery.ts` reads all anew afterwards. */
const unlessPaused = (every: number | false) => () => (session.isPaused() ? false : every);

/** A document of the platform, read again and again. While another path is read the last answer stays. */
export const useRead = <T>(path: string, { every = 5000, enabled = true }: Pace = {}): UseQueryResult<T> =>
  useQuery<T>({
    queryKey: [path],
    queryFn: ({ signal }) => read<T>(path, signal),
    refetchInterval: unlessPaused(every),
    enabled,
    placeholderData: keepPreviousData,
  });

/** Several documents that are one together. */
export const useReads = <T>(paths: readonly string[], together: (replies: readonly T[]) => T, { every = 5000, enabled = true }: Pace = {}): UseQueryResult<T> =>
  useQuery<T>({
    queryKey: paths,
    queryFn: async ({ signal }) => together(await Promise.all(paths.map((path) => read<T>(path, signal)))),
    refetchInterval: unlessPaused(every),
    enabled,
    placeholderData: keepPreviousData,
  });

/** A list that is read page by page: the first, and as many as were asked for after it, again and again. */
export const usePages = <T extends { readonly nextPageToken?: string | undefined }>(path: (pageToken?: string) => string) =>
  useInfiniteQuery({
    queryKey: ["pages", path()],
    queryFn: ({ signal, pageParam }) => read<T>(path(pageParam), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextPageToken }) => nextPageToken,
    refetchInterval: unlessPaused(5000),
  });

/** The answer to a search that is asked with POST. */
export const useSearchReply = <T>(path: string, body: object, { every = 5000, enabled = true }: Pace = {}): UseQueryResult<T> =>
  useQuery<T>({
    queryKey: [path, body],
    queryFn: ({ signal }) => send<T>("POST", path, body, signal),
    refetchInterval: unlessPaused(every),
    enabled,
    placeholderData: keepPreviousData,
  });

/** A request that changes something. */
export interface Deed {
  readonly method?: "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: object;
  /** Shown once it is done. */
  readonly done: string;
}
interface Change extends Deed {
  /** What takes it back; offered with the message. */
  readonly undo?: Deed;
}

/** Changes something on the platform, tells how it went, offers to take it back, and reads what is shown anew. */
export function useChange() {
  const queries = useQueryClient();
  const toasts = useToasts();
  const mutation = useMutation({
    mutationFn: ({ method = "POST", path, body }: Change) => send<unknown>(method, path, body),
    onSuccess: (_reply, { done, undo }) => toasts.push({ type: "success", text: done, ...(undo && { undo: () => mutation.mutate(undo) }) }),
    onError: (error) => toasts.push({ type: "error", text: error.message, ...(error instanceof Refused && error.requestId && { detail: error.requestId }) }),
    onSettled: () => queries.invalidateQueries(),
  });
  return mutation;
}

type Request = Pick<Deed, "method" | "path" | "body">;
interface Changes {
  readonly requests: readonly (Request & { readonly undo?: Request })[];
  /** What is shown of so many that were done. */
  readonly done: (count: number) => string;
  readonly undone?: (count: number) => string;
}

/** Changes several things at once. What was done can be taken back even where something else was refused. */
export function useChanges() {
  const queries = useQueryClient();
  const toasts = useToasts();
  const mutation = useMutation({
    mutationFn: ({ requests }: Changes) => Promise.allSettled(requests.map(({ method = "POST", path, body }) => send<unknown>(method, path, body))),
    onSuccess: (results, { requests, done, undone }) => {
      const made = requests.filter((_, index) => results[index]?.status === "fulfilled");
      const back = made.flatMap(({ undo }) => (undo ? [undo] : []));
      const takeBack = undone && back.length > 0 ? { undo: () => mutation.mutate({ requests: back, done: undone }) } : {};
      if (made.length > 0) toasts.push({ type: "success", text: done(made.length), ...takeBack });
      const refused = results.find((result) => result.status === "rejected");
      if (refused) toasts.push({ type: "error", text: `${results.length - made.length} of ${results.length} were refused: ${String(refused.reason.message)}` });
    },
    onSettled: () => queries.invalidateQueries(),
  });
  return mutation;
}
