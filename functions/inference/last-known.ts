import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Endpoint } from "#contracts/platform/endpoint.ts";
import { logger } from "#runtime/logger.ts";

/** Endpoints as they were last seen, on this machine's disk: what a server that starts while the tables are down answers by. */
export interface LastKnown {
  /** @returns undefined when nothing readable is there */
  read(name: string): Promise<Endpoint | undefined>;
  write(endpoint: Endpoint): Promise<void>;
  forget(name: string): Promise<void>;
}

/** Failures of the disk are logged and cost only the memory: a full disk stops no prediction. */
export function lastKnown(folder: string): LastKnown {
  const fileOf = (name: string) => join(folder, `${name}.json`);
  const attempt = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      logger.warn(`cannot ${what} the last known endpoint`, { folder, error });
    }
  };
  return {
    async read(name) {
      try {
        return Endpoint.parse(JSON.parse(await readFile(fileOf(name), "utf8")));
      } catch {
        return undefined;
      }
    },
    write: (endpoint) =>
      attempt("keep", async () => {
        await mkdir(folder, { recursive: true });
        const part = `${fileOf(endpoint.name)}.${randomUUID()}`;
        await writeFile(part, JSON.stringify(endpoint));
        await rename(part, fileOf(endpoint.name));
      }),
    forget: (name) => attempt("forget", () => rm(fileOf(name), { force: true })),
  };
}
