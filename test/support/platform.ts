import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "#infra/local/ports.ts";

const start = fileURLToPath(new URL("../../infra/local/start.ts", import.meta.url));

/** Where a platform that is up answers, read from what it prints for its user. */
interface Address {
  readonly url: string;
  readonly objectsUrl: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The file that holds the first token; only with `--auth`. */
  readonly tokenFile?: string;
}

/** The platform as its users start it: `node infra/local/start.ts` in a process of its own. */
export interface TestPlatform extends Address {
  /** The data folder; it goes with `stop()`. */
  readonly folder: string;
  readonly pid: number;
  /** All that it has printed since it was last started, on both streams. */
  output(): string;
  /** Sends a signal and waits for the end. @returns the exit code, null when the signal ended it */
  kill(signal: NodeJS.Signals): Promise<number | null>;
  /** Starts it again on the same data, after `kill`. */
  restart(): Promise<void>;
  /** Ends it as Ctrl-C does and removes its data. */
  stop(): Promise<void>;
}

export interface PlatformOptions {
  /** Beside `--data` and `--port`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A port from which the next 221 are most likely free: below the range that systems hand out, away from the default. */
export const testPort = () => freePort("127.0.0.1", 20_000 + Math.floor(Math.random() * 10_000));

function environment(env: PlatformOptions["env"]): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS_|CAPSTAN_|DYNAMODB_|VITEST|NODE_ENV)/.test(name));
  return { ...Object.fromEntries(own), LOG_LEVEL: "warn", ...env };
}

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
}

function startProcess(args: readonly string[], env: PlatformOptions["env"]): Started {
  const child = spawn(process.execPath, [start, ...args], { env: environment(env), stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  return { child, output: () => text };
}

const isOver = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

async function ended(child: ChildProcess): Promise<number | null> {
  if (!isOver(child)) await once(child, "exit");
  return child.exitCode;
}

function addressIn(text: string): Address | undefined {
  const [, url] = /^ {2}console +(\S+)$/m.exec(text) ?? [];
  const [, objectsUrl, accessKeyId, secretAccessKey] = /AWS_ENDPOINT_URL_S3=(\S+) AWS_ACCESS_KEY_ID=(\S+) AWS_SECRET_ACCESS_KEY=(\S+)/.exec(text) ?? [];
  if (!url || !objectsUrl || !accessKeyId || !secretAccessKey || !/stop +Ctrl-C/.test(text)) return undefined;
  const [, tokenFile] = /^ {2}token +(\S+)$/m.exec(text) ?? [];
  return { url, objectsUrl, credentials: { accessKeyId, secretAccessKey }, ...(tokenFile !== undefined && { tokenFile }) };
}

/** Waits until it says that it is ready. @throws Error with all it printed when it ends instead */
async function ready({ child, output }: Started): Promise<Address> {
  for (;;) {
    const address = addressIn(output());
    if (address) return address;
    if (isOver(child)) throw new Error(`the platform ended with ${child.exitCode ?? child.signalCode} before it was ready:\n${output()}`);
    await Promise.race([once(child.stdout ?? child, "data"), once(child, "exit")]);
  }
}

/** Starts the platform with these arguments alone and waits for its end. */
export async function runToEnd(args: readonly string[], env: PlatformOptions["env"] = {}): Promise<{ readonly code: number | null; readonly output: string }> {
  const { child, output } = startProcess(args, env);
  await once(child, "close");
  return { code: child.exitCode, output: output() };
}

/** Starts a platform on a new data folder and ports that are free. */
export async function startTestPlatform({ args = [], env = {} }: PlatformOptions = {}): Promise<TestPlatform> {
  const parent = await mkdtemp(join(tmpdir(), "capstan-platform-"));
  const folder = join(parent, "data");
  const all = ["--data", folder, "--port", String(await testPort()), ...args];
  let started = startProcess(all, env);
  let address = await ready(started);
  async function kill(signal: NodeJS.Signals): Promise<number | null> {
    if (!isOver(started.child)) started.child.kill(signal);
    return ended(started.child);
  }
  return {
    folder,
    get url() {
      return address.url;
    },
    get objectsUrl() {
      return address.objectsUrl;
    },
    get credentials() {
      return address.credentials;
    },
    get tokenFile() {
      return address.tokenFile ?? "";
    },
    get pid() {
      return started.child.pid ?? 0;
    },
    output: () => started.output(),
    kill,
    async restart() {
      await kill("SIGKILL");
      started = startProcess(all, env);
      address = await ready(started);
    },
    async stop() {
      await kill("SIGINT");
      await rm(parent, { recursive: true, force: true });
    },
  };
}
