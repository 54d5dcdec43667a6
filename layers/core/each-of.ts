/** Calls under way at once: several hundred records a second in an account, and no more than the laptop answers beside its users. */
const atOnce = 8;

/** Does something for each thing, some at once. @returns what came of each, in the order of the things */
export async function eachOf<T, R>(things: readonly T[], act: (thing: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = things.entries();
  const work = async () => {
    for (const [index, thing] of waiting) results[index] = await act(thing);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
