import { appendFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

/** A line as it is kept: who wrote it, when, and its text. */
const KeptLine = z.object({ group: z.string(), at: z.number(), text: z.string() });
export type KeptLine = z.output<typeof KeptLine>;

/** What executions write, a file for each. Lines are kept in the order in which they came; the oldest of a file, and the oldest files, give way. */
export interface LineFiles {
  /** Does not wait for the disk; lines that are added later are behind. @param execution letters, digits, _ and - */
  add(execution: string, line: KeptLine): void;
  read(execution: string): Promise<KeptLine[]>;
  /** Lets what was added reach the disk. */
  settled(): Promise<void>;
}

export interface LineFilesOptions {
  readonly folder: string;
  /** A file that grows beyond this keeps its newer half. @default 2 MiB */
  readonly mostBytes?: number;
  /** @default 500 */
  readonly mostFiles?: number;
  /** A line could not be kept. */
  readonly failed: (error: unknown) => void;
}

function lineIn(text: string): KeptLine[] {
  try {
    const { data } = KeptLine.safeParse(JSON.parse(text));
    return data ? [data] : [];
  } catch {
    // The platform was killed in the midst of writing it.
    return [];
  }
}

export function lineFiles({ folder, mostBytes = 2 * 1024 * 1024, mostFiles = 500, failed }: LineFilesOptions): LineFiles {
  const fileOf = (execution: string) => join(folder, `${execution}.jsonl`);
  const sizes = new Map<string, number>();
  let tail: Promise<unknown> = Promise.resolve();

  async function begin(execution: string): Promise<number> {
    await mkdir(folder, { recursive: true });
    const known = await stat(fileOf(execution)).catch(() => undefined);
    if (known) return known.size;
    const names = (await readdir(folder)).filter((name) => name.endsWith(".jsonl"));
    if (names.length < mostFiles) return 0;
    const dated = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
    const old = dated.sort((a, b) => b.at - a.at).slice(mostFiles - 1);
    await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })));
    return 0;
  }
  async function halve(file: string): Promise<number> {
    const text = await readFile(file, "utf8");
    const kept = text.slice(text.indexOf("\n", Math.floor(text.length / 2)) + 1);
    await writeFile(`${file}.new`, kept);
    await rename(`${file}.new`, file);
    return Buffer.byteLength(kept);
  }
  async function write(execution: string, line: KeptLine): Promise<void> {
    const file = fileOf(execution);
    // A torn last line ends here.
    const known = sizes.get(execution);
    const text = `${known === undefined ? "\n" : ""}${JSON.stringify(line)}\n`;
    const size = (known ?? (await begin(execution))) + Buffer.byteLength(text);
    await appendFile(file, text);
    sizes.set(execution, size > mostBytes ? await halve(file) : size);
  }
  return {
    add(execution, line) {
      tail = tail.then(() => write(execution, line)).catch(failed);
    },
    async read(execution) {
      await tail;
      const text = await readFile(fileOf(execution), "utf8").catch(() => "");
      return text.split("\n").flatMap(lineIn);
    },
    settled: async () => void (await tail),
  };
}
