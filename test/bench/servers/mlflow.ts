import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ServerProcess, startServer } from "./server-process.ts";

const fillScript = fileURLToPath(new URL("fill_mlflow.py", import.meta.url));
const databaseIn = (folder: string) => `sqlite:///${join(folder, "mlflow.db")}`;
// It would ask the network.
const quiet = { MLFLOW_DISABLE_TELEMETRY: "true", MLFLOW_DISABLE_AGENT_SETUP: "true" };

/** Makes a database with the given runs in it. @returns what the script printed */
export function fillMlflow(commands: string, folder: string, document: object): string {
  const { status, stdout, stderr } = spawnSync(join(commands, "python"), [fillScript], {
    input: JSON.stringify({ uri: databaseIn(folder), artifacts: join(folder, "artifacts"), ...document }),
    env: { ...process.env, ...quiet },
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`MLflow's database could not be filled:\n${stderr.slice(-2000)}`);
  return stdout;
}

/** MLflow's tracking server on sqlite with four workers, its default number. */
export const startMlflow = (commands: string, folder: string, port: number): Promise<ServerProcess> =>
  startServer({
    command: join(commands, "mlflow"),
    args: [
      ...["server", "--host", "127.0.0.1", "--port", String(port), "--workers", "4"],
      ...["--backend-store-uri", databaseIn(folder), "--artifacts-destination", join(folder, "artifacts")],
    ],
    env: quiet,
    url: `http://127.0.0.1:${port}`,
    readyPath: "/health",
  });
