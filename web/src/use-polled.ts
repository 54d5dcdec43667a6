import { useEffect, useState } from "react";

export interface Polled<T> {
  readonly data?: T;
  /** Why the last read failed; the data before it stay. */
  readonly error?: Error;
}

/** Reads at once and then every `intervalMs`, pausing while the page is hidden. @param load must keep its identity between renders */
export function usePolled<T>(load: (signal: AbortSignal) => Promise<T>, intervalMs: number): Polled<T> {
  const [state, setState] = useState<Polled<T>>({});
  useEffect(() => {
    const stop = new AbortController();
    let timer: number | undefined;
    const poll = async () => {
      if (!document.hidden) {
        try {
          const data = await load(stop.signal);
          setState((before) => (before.data === data && !before.error ? before : { data }));
        } catch (error) {
          if (stop.signal.aborted) return;
          setState((before) => ({ ...before, error: error instanceof Error ? error : new Error(String(error)) }));
        }
      }
      timer = window.setTimeout(poll, intervalMs);
    };
    void poll();
    return () => {
      stop.abort();
      window.clearTimeout(timer);
    };
  }, [load, intervalMs]);
  return state;
}
