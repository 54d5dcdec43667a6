import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The inference server as a child process, so that a model's run never delays the API; started again when it dies. */
export interface ServingProcess {
  /** Where it answers now. */
  readonly origin: () => string;
  stop(): Promise<void>;
}

const restartDelayMs = 500;

/** @param port kept over restarts */
export async function startServing(port: number): Promise<ServingProcess> {
  let stopping = false;
  let child: ChildProcess;

  const start = () => {
    child = fork(fileURLToPath(new URL("./child.ts", import.meta.url)), ["inference"], {
      env: { ...process.env, HOST: "127.0.0.1", PORT: String(port) },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    child.once("exit", () => {
      if (!stopping) setTimeout(start, restartDelayMs);
    });
  };
  start();

  const origin = `http://127.0.0.1:${port}`;
  return {
    origin: () => origin,
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, "exit");
      child.kill("SIGTERM");
      await exit;
    },
  };
}
