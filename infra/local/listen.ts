import { once } from "node:events";
import type { Server } from "node:http";

/** Listens on the first free port from `port` on, at most 20 further. @returns the port taken. @throws the system's error for anything but a busy port */
export async function listenFrom(server: Server, host: string, port: number): Promise<number> {
  for (let candidate = port; ; candidate += 1) {
    try {
      server.listen(candidate, host);
      await once(server, "listening");
      return candidate;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE" || candidate >= port + 20 || candidate >= 65_535) throw error;
    }
  }
}
