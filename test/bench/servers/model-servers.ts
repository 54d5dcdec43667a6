import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ServerProcess, startServer } from "./server-process.ts";

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** FastAPI on uvicorn with uvloop and httptools, one worker. @param models paths of ONNX files by name */
export const startFastApi = (commands: string, models: Readonly<Record<string, string>>, port: number): Promise<ServerProcess> =>
  startServer({
    command: join(commands, "python"),
    args: [script("onnx_server.py"), ...Object.entries(models).map(([name, path]) => `${name}=${path}`)],
    env: { PORT: String(port) },
    url: `http://127.0.0.1:${port}`,
    readyPath: "/health",
  });

/** `mlflow models serve`, one worker, as MLflow starts it without further options. @param model path of an ONNX file */
export function startMlflowScoring(commands: string, model: string, folder: string, port: number): Promise<ServerProcess> {
  const saved = join(folder, "mlflow-model");
  const { status, stderr } = spawnSync(join(commands, "python"), [script("save_mlflow_model.py"), model, saved], { encoding: "utf8" });
  if (status !== 0) throw new Error(`the model could not be saved for MLflow:\n${stderr.slice(-2000)}`);
  return startServer({
    command: join(commands, "mlflow"),
    args: ["models", "serve", "-m", saved, "--env-manager", "local", "--host", "127.0.0.1", "--port", String(port), "--workers", "1"],
    // It starts uvicorn by name.
    env: { PATH: `${commands}:${process.env["PATH"] ?? ""}`, MLFLOW_DISABLE_TELEMETRY: "true" },
    url: `http://127.0.0.1:${port}`,
    readyPath: "/ping",
  });
}
