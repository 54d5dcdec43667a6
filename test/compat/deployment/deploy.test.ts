import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pythonPath } from "#test/support/python.ts";
import { type Emulator, startEmulator } from "./emulator.ts";
import { type FrontDoor, openFrontDoor } from "./front-door.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const execute = promisify(execFile);

/** All but Monitoring, which has an alarm over two metrics: the emulator refuses those. Its template is asserted in test/infra. */
const stacks = ["Storage", "Pipelines", "Api", "Serving", "Web"].map((name) => `Capstan-emulated-${name}`);

const config = JSON.stringify({ stage: "emulated", retainData: false });

/** What the stacks of the platform tell, by stack and output. */
type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

describe("a deployment", { timeout: 300_000 }, () => {
  let emulator: Emulator;
  let outputs: Outputs;
  let door: FrontDoor;
  let token: string;

  const run = async (command: string, args: readonly string[], seconds: number, more: Readonly<Record<string, string>> = {}) => {
    const env = { ...process.env, ...emulator.environment, ...more };
    try {
      return (await execute(command, args, { cwd: root, env, timeout: seconds * 1000, maxBuffer: 1e8 })).stdout;
    } catch (error) {
      throw new Error(`${command} ${args.join(" ")} failed:\n${(error as { stderr?: string }).stderr}\n${(await emulator.log()).slice(-4000)}`, {
        cause: error,
      });
    }
  };
  const node = (args: readonly string[], seconds: number) => run(process.execPath, args, seconds);
  const output = (stack: string, name: string) => outputs[`Capstan-emulated-${stack}`]?.[name] ?? "";
  const get = (path: string, headers: Readonly<Record<string, string>> = {}) => fetch(`${door.url}${path}`, { headers, signal: AbortSignal.timeout(30_000) });

  beforeAll(async () => {
    emulator = await startEmulator();
    const assembly = join(emulator.folder, "cdk.out");
    const file = join(emulator.folder, "outputs.json");
    const cdk = (args: readonly string[]) => node([join(root, "node_modules/aws-cdk/bin/cdk"), ...args, "--no-notices"], 240);
    await cdk(["synth", "--quiet", "-c", `capstan=${config}`, "--output", assembly]);
    await cdk(["bootstrap", "aws://000000000000/us-east-1", "--app", assembly]);
    await cdk(["deploy", ...stacks, "--app", assembly, "--require-approval", "never", "--outputs-file", file]);
    outputs = JSON.parse(await readFile(file, "utf8")) as Outputs;
    door = await openFrontDoor(output("Api", "ApiUrl"));
    token = (await node(["scripts/create-token.ts", "--table", output("Storage", "TokensTableName"), "--principal", "tester"], 60)).trim();
  });

  afterAll(async () => {
    door?.close();
    await emulator?.stop();
  });

  it("answers open operations to anybody", async () => {
    const response = await get("/version");

    expect([response.status, await response.text()]).toEqual([200, "3.17.2"]);
  });

  it("refuses callers without credentials, and those with wrong ones", async () => {
    const path = "/api/2.0/mlflow/experiments/get?experiment_id=0";

    const [without, wrong] = [await get(path), await get(path, { authorization: "Bearer wrong" })];

    expect([without.status, wrong.status]).toEqual([401, 403]);
  });

  it("reaches all of its tables and buckets", async () => {
    const response = await get("/capstan/v1/status", { authorization: `Bearer ${token}` });

    expect(await response.json()).toMatchObject({ ok: true });
  });

  it("takes a run with an artifact from an unmodified MLflow client, and gives it back", async () => {
    const script = fileURLToPath(new URL("./log_run.py", import.meta.url));

    const printed = await run(pythonPath, [script], 280, {
      MLFLOW_TRACKING_URI: door.url,
      MLFLOW_TRACKING_TOKEN: token,
      MLFLOW_DISABLE_TELEMETRY: "true",
      MLFLOW_HTTP_REQUEST_TIMEOUT: "60",
    });

    expect(JSON.parse(printed.trim().split("\n").at(-1) ?? "")).toEqual({
      status: "FINISHED",
      params: { alpha: "0.5", solver: "lbfgs" },
      loss: [1, 0.5, 1 / 3],
      team: "fraud",
      artifacts: ["notes/note.txt"],
      note: "written through the deployed API\n",
      found: ["first"],
      model: "deployed-model",
    });
  });
});
