import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testClient } from "#test/support/object-store/start.ts";
import { objectStoreConformance } from "#test/support/object-store-conformance.ts";
import { pythonPath } from "#test/support/python.ts";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

let emulator: ChildProcess | undefined;
let folder: string | undefined;

/** The same cases against an emulator that others wrote: what both servers do alike is less likely to be our own misreading of S3. */
objectStoreConformance("ministack", {
  async connect() {
    const port = await freePort();
    folder = await mkdtemp(join(tmpdir(), "ministack-"));
    emulator = spawn(pythonPath, ["-m", "ministack"], {
      stdio: "ignore",
      env: {
        ...process.env,
        GATEWAY_PORT: String(port),
        PERSIST_STATE: "1",
        STATE_DIR: join(folder, "state"),
        S3_PERSIST: "1",
        S3_DATA_DIR: join(folder, "s3"),
      },
    });
    const endpoint = `http://127.0.0.1:${port}`;
    for (const deadline = Date.now() + 60_000; ; ) {
      const answered = await fetch(endpoint).then(
        () => true,
        () => false,
      );
      if (answered) break;
      if (emulator.exitCode !== null || Date.now() > deadline) throw new Error(`ministack did not start (exit code ${emulator.exitCode})`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return testClient(endpoint);
  },
  async close() {
    if (emulator !== undefined && emulator.exitCode === null) {
      const exit = once(emulator, "exit");
      emulator.kill("SIGTERM");
      await exit;
    }
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  },
  differences: {
    "a copy onto itself must change something": "it accepts the copy",
    "a put answers with the checksum that it verified": "it verifies and keeps the checksum and leaves it out of the answer",
    "max-keys of 0 lists nothing and is no page of more": "it says that more follows",
    "a continuation token that is not one is refused": "it lists from the start",
    "parts out of order do not complete": "it sorts them",
    "all parts but the last have at least 5 MiB": "it has no least size",
    "uploads in progress roll up into common prefixes, page by page": "it does not look at the delimiter",
    "a full-object CRC of all parts is verified and kept": "it compares the object's checksum with that of the request document",
  },
});
