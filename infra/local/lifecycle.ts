/** Parts that were started, each with how it ends. They end in the opposite order, all of them, also when one fails to. */
export interface Lifecycle {
  /** Remembers how a part ends. */
  defer(title: string, stop: () => Promise<void> | void): void;
  stop(): Promise<void>;
}

export function lifecycle(): Lifecycle {
  const stops: { readonly title: string; readonly stop: () => Promise<void> | void }[] = [];
  return {
    defer: (title, stop) => void stops.push({ title, stop }),
    async stop() {
      const failures: unknown[] = [];
      for (let part = stops.pop(); part; part = stops.pop()) {
        try {
          await part.stop();
        } catch (error) {
          failures.push(new Error(`${part.title} did not stop`, { cause: error }));
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, "the platform did not stop cleanly");
    },
  };
}
