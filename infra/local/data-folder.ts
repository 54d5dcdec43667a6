import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError } from "#core/errors.ts";

/** The folder of one platform, held by this process alone until it ends, however it ends. */
export interface DataFolder {
  readonly path: string;
  /** Nothing was in it when it was opened. */
  readonly isNew: boolean;
  file(name: string): string;
  release(): void;
}

/** Unix socket paths end at about 104 characters, folders may be deeper: so the socket lies in the temporary folder, named after the data folder. */
const socketOf = (folder: string) => join(tmpdir(), `capstan-${createHash("sha256").update(folder).digest("hex").slice(0, 16)}.sock`);

/** The pid of the process behind a lock; undefined when it is gone and only the socket's name is left. */
async function holder(socket: string): Promise<string | undefined> {
  const connection = createConnection(socket);
  try {
    const [data] = (await once(connection, "data")) as [Buffer];
    return data.toString("utf8").trim();
  } catch {
    return undefined;
  } finally {
    connection.destroy();
  }
}

/** The pid of the platform that holds the folder now; undefined when none does. */
export async function folderHolder(path: string): Promise<string | undefined> {
  const socket = socketOf(path);
  return existsSync(socket) ? await holder(socket) : undefined;
}

/**
 * Opens the folder, made with mode 0700 where it is missing. The lock is a listening socket: the system drops it with the process, also on SIGKILL.
 * @throws ConfigError when another process holds the folder
 */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const isNew = !existsSync(path);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  const socket = socketOf(path);
  const pid = await folderHolder(path);
  if (pid !== undefined) throw new ConfigError(`data folder ${path} is in use by process ${pid}: stop it, or start with another --data`);
  rmSync(socket, { force: true });
  const server = createServer((connection) => connection.end(`${process.pid}\n`)).listen(socket);
  await once(server, "listening");
  server.unref();
  return { path, isNew, file: (name) => join(path, name), release: () => void server.close() };
}
