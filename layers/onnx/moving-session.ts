import type { Tensor } from "#core/serving/tensor.ts";
import type { Ran, Session } from "./session.ts";

/** Longer runs are slow: several that queue up on one thread delay all else that it has to answer. */
const slowMs = 2;
/** So many slow runs in a row move a model: one alone may have met a collection of garbage, or a busy neighbour. */
const slowRunsToMove = 3;
/** A single run of this length is no accident. */
const verySlowMs = 50;

/**
 * A session that begins on the calling thread, where small models are fastest, and goes elsewhere for good once its runs are slow.
 * One that ended elsewhere, with its thread, is opened again by the next run.
 * @param openElsewhere opens the same model on another thread
 */
export function movingSession(first: Session, openElsewhere: () => Promise<Session>): Session {
  let current = first;
  let opening: Promise<void> | undefined;
  let slowRuns = 0;
  let runsHere = 0;

  async function reopen(): Promise<void> {
    const before = current;
    try {
      current = await openElsewhere();
      if (before.state() === "here" && runsHere === 0) await before.release();
    } finally {
      slowRuns = 0;
      opening = undefined;
    }
  }
  const open = (): Promise<void> => (opening ??= reopen());

  async function runHere(inputs: readonly Tensor[]): Promise<Ran> {
    runsHere += 1;
    try {
      const ran = await first.run(inputs);
      slowRuns = ran.milliseconds > slowMs ? slowRuns + 1 : 0;
      // Where that fails it stays here, and tries again after as many slow runs.
      if (current === first && (slowRuns >= slowRunsToMove || ran.milliseconds > verySlowMs)) void open().catch(() => {});
      return ran;
    } finally {
      runsHere -= 1;
      if (runsHere === 0 && current !== first) await first.release();
    }
  }

  return {
    inputs: first.inputs,
    outputs: first.outputs,
    async run(inputs) {
      if (current.state() === "ended") await open();
      return current.state() === "here" ? runHere(inputs) : current.run(inputs);
    },
    state: () => current.state(),
    release: async () => {
      await opening?.catch(() => {});
      await current.release();
    },
  };
}
