import { once } from "node:events";
import { createServer, type Server } from "node:net";

/** How many ports are tried beyond the one asked for. */
const patience = 20;

async function listens(server: Server, host: string, port: number): Promise<boolean> {
  try {
    server.listen(port, host);
    await once(server, "listening");
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return false;
    throw error;
  }
}

/** Listens on `port`, or on the next one that is free. @returns the port taken. @throws Error when all of them are busy */
export async function listenFrom(server: Server, host: string, port: number): Promise<number> {
  for (let candidate = port; candidate <= Math.min(port + patience, 65_535); candidate += 1) if (await listens(server, host, candidate)) return candidate;
  throw new Error(`ports ${port} to ${port + patience} of ${host} are all busy: choose another with --port`);
}

/** Whether nothing listens there now. */
export async function isFree(host: string, port: number): Promise<boolean> {
  const probe = createServer();
  const free = await listens(probe, host, port);
  probe.close();
  return free;
}

/** A port that was free a moment ago, `port` itself if it can be. */
export async function freePort(host: string, port: number): Promise<number> {
  const probe = createServer();
  const found = await listenFrom(probe, host, port);
  probe.close();
  await once(probe, "close");
  return found;
}
