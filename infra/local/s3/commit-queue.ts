import type { DatabaseSync } from "node:sqlite";

/** Writes to the index. */
export interface CommitQueue {
  /**
   * Runs `change` inside a transaction and resolves once it is on disk. A change that throws is undone alone and rejects with its error.
   * Changes run one after another, so a condition checked inside one holds when it is committed.
   */
  commit<T>(change: () => T): Promise<T>;
  /** Resolves when nothing is waiting. */
  drained(): Promise<void>;
}

/** One transaction, hence one flush to disk, for all changes that were asked for in the same turn of the event loop. */
export function commitQueue(database: DatabaseSync): CommitQueue {
  let waiting: { readonly run: () => void; readonly settle: (failure?: unknown) => void }[] = [];
  let flushing: Promise<void> = Promise.resolve();

  function flush(): void {
    const batch = waiting;
    waiting = [];
    try {
      database.exec("BEGIN IMMEDIATE");
      for (const { run } of batch) run();
      database.exec("COMMIT");
    } catch (failure) {
      if (database.isTransaction) database.exec("ROLLBACK");
      for (const { settle } of batch) settle(failure);
      return;
    }
    for (const { settle } of batch) settle();
  }

  return {
    commit<T>(change: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        let conclude = () => {};
        waiting.push({
          run() {
            database.exec("SAVEPOINT change");
            try {
              const result = change();
              conclude = () => resolve(result);
            } catch (error) {
              database.exec("ROLLBACK TO change");
              conclude = () => reject(error);
            }
            database.exec("RELEASE change");
          },
          settle: (failure) => (failure === undefined ? conclude() : reject(failure)),
        });
        if (waiting.length === 1)
          flushing = new Promise((done) => {
            setImmediate(() => {
              flush();
              done();
            });
          });
      });
    },
    drained: () => flushing,
  };
}
