import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface InferenceProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Sends SIGTERM and waits. @returns the exit code */
  stop(): Promise<number | null>;
}

/** The inference server as a process of its own, on a free port. @param env beside the test's own environment. @throws Error when it ends before it serves */
export async function startInference(env: Readonly<Record<string, string>>): Promise<InferenceProcess> {
  const child = fork(fileURLToPath(new URL("../../functions/inference/server.ts", import.meta.url)), {
    env: {
      ...process.env,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test-secret",
      HOST: "127.0.0.1",
      PORT: "0",
      LOG_LEVEL: "error",
      ...env,
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = once(child, "exit").then(([code]) => Promise.reject(new Error(`the inference server ended with code ${code}`)));
  const [message] = (await Promise.race([once(child, "message"), ended])) as [{ port: number }];
  ended.catch(() => {});
  return {
    url: `http://127.0.0.1:${message.port}`,
    child,
    async stop() {
      const exit = once(child, "exit") as Promise<[number | null]>;
      child.kill("SIGTERM");
      const [code] = await exit;
      return code;
    },
  };
}
