import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "#infra/local/ports.ts";
import { pythonPath } from "#test/support/python.ts";

/** An AWS account that lives in a temporary folder of this machine. */
export interface Emulator {
  readonly endpoint: string;
  /** A folder that vanishes with it. */
  readonly folder: string;
  /** What every AWS client needs to talk to it, and to nobody else. */
  readonly environment: Readonly<Record<string, string>>;
  log(): Promise<string>;
  stop(): Promise<void>;
}

const startSeconds = 60;

const answers = (endpoint: string) =>
  fetch(`${endpoint}/_ministack/health`).then(
    () => true,
    () => false,
  );

async function ready(endpoint: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + startSeconds * 1000;
  while (!(await answers(endpoint))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`ministack does not answer, exit code ${child.exitCode}`);
    await sleep(100);
  }
}

/** ministack on a free port of the loopback interface. Its functions are processes of its own group, and end with it. */
export async function startEmulator(): Promise<Emulator> {
  const folder = await mkdtemp(join(tmpdir(), "capstan-deploy-"));
  const port = await freePort("127.0.0.1", 46_100);
  const endpoint = `http://127.0.0.1:${port}`;
  const log = join(folder, "ministack.log");
  const child = spawn(pythonPath, ["-m", "ministack"], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      BIND_HOST: "127.0.0.1",
      GATEWAY_PORT: String(port),
      IOT_MTLS_ENABLED: "0",
      PERSIST_STATE: "0",
      S3_PERSIST: "0",
      STATE_DIR: join(folder, "state"),
      S3_DATA_DIR: join(folder, "s3"),
      TMPDIR: folder,
    },
  });
  const file = createWriteStream(log);
  child.stdout?.pipe(file, { end: false });
  child.stderr?.pipe(file, { end: false });

  const signal = (name: NodeJS.Signals) => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, name);
  };
  const stop = async () => {
    const exit = child.exitCode === null && child.signalCode === null ? once(child, "exit") : Promise.resolve();
    signal("SIGTERM");
    await Promise.race([exit, sleep(10_000)]);
    signal("SIGKILL");
    await exit;
    file.end();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    await ready(endpoint, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    endpoint,
    folder,
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: join(folder, "no-config"),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, "no-credentials"),
      CDK_DISABLE_CLI_TELEMETRY: "true",
    },
    log: () => readFile(log, "utf8"),
    stop,
  };
}
