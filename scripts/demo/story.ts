/** What the demo tells while it works: numbered steps, each with what was verified and a link. */
export interface Story {
  /** Runs one step and prints it with its time. @param work answers with what was found, and the address where it can be seen */
  readonly step: <T>(title: string, work: () => Promise<{ readonly result: T; readonly found: string; readonly link: string }>) => Promise<T>;
  readonly end: () => void;
}

export function story(write: (text: string) => void): Story {
  const began = performance.now();
  let number = 0;
  const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
  return {
    async step(title, work) {
      number += 1;
      const started = performance.now();
      write(`${String(number).padStart(2)}. ${title}\n`);
      const { result, found, link } = await work();
      write(`    ${found}  (${seconds(started)})\n    ${link}\n`);
      return result;
    },
    end: () => write(`\nAll ${number} steps were verified by reading their results back, in ${seconds(began)}.\n`),
  };
}
