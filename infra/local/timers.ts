/** The longest delay that setTimeout takes: 24.8 days. */
const longest = 2 ** 31 - 1;

/** Calls back at or after a time in epoch milliseconds; the returned function calls it off. */
export type At = (time: number, callback: () => void) => () => void;

/** Timers of the process's own clock; they keep no process alive. */
export const timers: At = (time, callback) => {
  let timer: NodeJS.Timeout;
  const arm = (): void => {
    const delay = time - Date.now();
    timer = delay > longest ? setTimeout(arm, longest) : setTimeout(callback, Math.max(0, delay));
    timer.unref();
  };
  arm();
  return () => clearTimeout(timer);
};
