import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { S3Client } from "@aws-sdk/client-s3";
import { testClient } from "./start.ts";

export interface ObjectStoreChild {
  readonly client: S3Client;
  /** Bytes of memory: at first, and the most since. */
  memory(): { readonly first: number; readonly peak: number };
  /** Ends the process as a power cut would: nothing of it runs any more. */
  kill(): Promise<void>;
}

/** An object store in a process of its own, with a bucket `plain`. */
export async function startChild(folder: string, listener: "none" | "stuck" = "none"): Promise<ObjectStoreChild> {
  const child = spawn(process.execPath, [fileURLToPath(new URL("./crash-child.ts", import.meta.url)), folder, listener], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const [endpoint] = await once(lines, "line");
  const client = testClient(String(endpoint));
  let [first, peak] = [0, 0];
  lines.on("line", (line) => {
    peak = Math.max(peak, Number(line));
    if (first === 0) first = peak;
  });
  return {
    client,
    memory: () => ({ first, peak }),
    async kill() {
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
      client.destroy();
    },
  };
}
