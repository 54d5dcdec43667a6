import { startObjectStore } from "#infra/local/s3/server.ts";
import { testCredentials } from "./start.ts";

/** A server in a process of its own, to be killed. Arguments: folder; "stuck" for a listener that never answers. Prints its endpoint, then its memory. */
const [, , folder, listener] = process.argv;
if (folder === undefined) throw new Error("a folder is needed");
const { endpoint } = await startObjectStore({
  folder,
  buckets: [{ name: "plain", versioned: false }],
  credentials: testCredentials,
  ...(listener === "stuck" && { onEvent: () => new Promise<void>(() => {}) }),
});
process.stdout.write(`${endpoint}\n`);
setInterval(() => process.stdout.write(`${process.memoryUsage().rss}\n`), 20);
