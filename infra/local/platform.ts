import { fileURLToPath } from "node:url";
import { authenticate } from "#core/identity/tokens.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { identityContext } from "#stores/identity-context.ts";
import { functions } from "../inventory.ts";
import { awsHandler } from "./aws/server.ts";
import { openDataFolder } from "./data-folder.ts";
import { buckets, environment, region, tablePrefix } from "./environment.ts";
import { firstToken } from "./first-token.ts";
import { type FunctionHost, functionHost } from "./function-host.ts";
import { consoleIn } from "./gateway/console.ts";
import { forward } from "./gateway/forward.ts";
import { type GatewayParts, gateway } from "./gateway/server.ts";
import { invoker } from "./invoker.ts";
import { type Lifecycle, lifecycle } from "./lifecycle.ts";
import { executionLines } from "./logs/execution-lines.ts";
import { objectEvent } from "./object-event.ts";
import type { StartOptions } from "./options.ts";
import { freePort, listenFrom } from "./ports.ts";
import { startObjectStore } from "./s3/server.ts";
import { startSageMaker } from "./sagemaker/start-sagemaker.ts";
import { secretsIn } from "./secrets.ts";
import { startServing } from "./serving-process.ts";
import { startTables } from "./tables.ts";
import { workerPool } from "./worker-pool.ts";
import { startWorkflows } from "./workflows.ts";

/** A platform that is up. */
export interface Platform {
  /** Where API and console answer, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly objectsUrl: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The data folder was made by this start. */
  readonly isNew: boolean;
  /** Where the first token was written; only with authentication on. */
  readonly tokenFile?: string;
  /** Lets requests and children end, and gives the data folder free. */
  stop(): Promise<void>;
}

const consoleFolder = fileURLToPath(new URL("../../web/dist", import.meta.url));
const hostNames = (host: string) => new Set(["127.0.0.1", "localhost", "::1", host, ...(process.env["CAPSTAN_ALLOWED_HOSTS"]?.split(",") ?? [])]);

/**
 * Brings the whole platform up in this process and its children: tables, objects, state machines, schedules, functions, serving, gateway.
 * @throws ConfigError when the data folder is in use or an option cannot be met
 */
export async function startPlatform(options: StartOptions): Promise<Platform> {
  const parts = lifecycle();
  try {
    return await start(options, parts);
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

async function start({ port: firstPort, host, data, auth }: StartOptions, parts: Lifecycle): Promise<Platform> {
  // Whatever this process and its children make is its user's alone, whoever opens the folder to others later.
  process.umask(0o077);
  const folder = await openDataFolder(data);
  parts.defer("data folder", () => folder.release());
  const secrets = secretsIn(folder.file("secrets.json"));
  const tables = await startTables(folder, secrets, parts);
  const inProcess = functionHost(functions);
  const lines = executionLines(folder.file("logs"), parts);
  const workers = workerPool(2, lines.heard);
  parts.defer("workers", () => workers.stop());
  const trainingFolder = folder.file("training");
  const sageMaker = startSageMaker({ client: tables.client, folder: trainingFolder, serving: () => serving.origin(), url: () => url });
  const workflows = await startWorkflows({
    client: tables.client,
    invoke: invoker(functions, inProcess, workers),
    sageMaker: sageMaker.operations,
    trainingFolder,
    logs: { lines, scriptLines: sageMaker.scriptLines },
    parts,
  });
  const objects = await startObjectStore({
    folder: folder.file("objects"),
    buckets: Object.values(buckets).map((name) => ({ name, versioned: true })),
    credentials: secrets,
    region,
    port: await freePort("127.0.0.1", firstPort + 100),
    onEvent: async (event) => void (await workflows.put([objectEvent(event)])),
  });
  parts.defer("object store", () => objects.stop());
  // Functions and children read where services answer from their environment, here as in Lambda.
  const servingPort = await freePort("127.0.0.1", firstPort + 200);
  const services = { dynamoDb: tables.endpoint, objects: objects.endpoint, aws: workflows.endpoint, serving: `http://127.0.0.1:${servingPort}` };
  Object.assign(process.env, environment(services, secrets, folder.path));

  const serving = await startServing(servingPort);
  parts.defer("serving", () => serving.stop());
  parts.defer("SageMaker", () => sageMaker.stop());
  const port = await listen({ firstPort, host, auth, served: forward(serving.origin), inProcess, aws: awsHandler(sageMaker.operations), parts });
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  await sageMaker.begin();
  await workflows.begin();
  const tokenFile = auth ? await firstToken(identityContext(`${tablePrefix}tokens`), folder.file("token")) : undefined;
  return {
    url,
    port,
    objectsUrl: objects.endpoint,
    credentials: secrets,
    isNew: folder.isNew,
    ...(tokenFile !== undefined && { tokenFile }),
    stop: () => parts.stop(),
  };
}

interface Door {
  readonly firstPort: number;
  readonly host: string;
  readonly auth: boolean;
  /** Answers for functions that are servers. */
  readonly served: HttpHandler;
  readonly inProcess: FunctionHost;
  readonly aws: GatewayParts["aws"];
  readonly parts: Lifecycle;
}

/** The gateway on the first free port: functions in this process, those that are servers behind their own. */
async function listen({ firstPort, host, auth, served, inProcess, aws, parts }: Door): Promise<number> {
  const servers = new Set(functions.filter(({ server }) => server === true).map(({ name }) => name));
  const identity = identityContext(`${tablePrefix}tokens`);
  const server = gateway({
    specs: functions,
    http: async (name) => (servers.has(name) ? served : inProcess.http(name)),
    console: await consoleIn(consoleFolder),
    hosts: hostNames(host),
    aws,
    ...(auth && { authenticate: (header) => authenticate(identity, header) }),
  });
  const port = await listenFrom(server, host, firstPort);
  parts.defer("gateway", () => {
    server.close();
    server.closeAllConnections();
  });
  return port;
}
