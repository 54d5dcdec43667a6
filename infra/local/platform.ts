import { fileURLToPath } from "node:url";
import { authenticate } from "#core/identity/tokens.ts";
import { identityContext } from "#stores/identity-context.ts";
import { functions } from "../inventory.ts";
import { openDataFolder } from "./data-folder.ts";
import { buckets, environment, region, tablePrefix } from "./environment.ts";
import { firstToken } from "./first-token.ts";
import { functionHost } from "./function-host.ts";
import { consoleIn } from "./gateway/console.ts";
import { forward } from "./gateway/forward.ts";
import { gateway } from "./gateway/server.ts";
import { lifecycle } from "./lifecycle.ts";
import type { StartOptions } from "./options.ts";
import { freePort, listenFrom } from "./ports.ts";
import { startObjectStore } from "./s3/server.ts";
import { secretsIn } from "./secrets.ts";
import { startServing } from "./serving-process.ts";
import { startTables } from "./tables.ts";
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

async function start({ port: firstPort, host, data, auth }: StartOptions, parts: ReturnType<typeof lifecycle>): Promise<Platform> {
  const folder = await openDataFolder(data);
  parts.defer("data folder", () => folder.release());
  const secrets = secretsIn(folder.file("secrets.json"));
  const tables = await startTables(folder, secrets, parts);
  const workflows = await startWorkflows({ folder, secrets, tables, parts });
  const objects = await startObjectStore({
    folder: folder.file("objects"),
    buckets: Object.values(buckets).map((name) => ({ name, versioned: true })),
    credentials: secrets,
    region,
    port: await freePort("127.0.0.1", firstPort + 100),
  });
  parts.defer("object store", () => objects.stop());
  Object.assign(process.env, environment({ dynamoDb: tables.endpoint, objects: objects.endpoint, aws: workflows.endpoint }, secrets, folder.path));

  const serving = await startServing(await freePort("127.0.0.1", firstPort + 200));
  parts.defer("serving", () => serving.stop());
  const host_ = functionHost(functions);
  const served = forward(serving.origin);
  const isServer = new Set(functions.filter(({ server }) => server === true).map(({ name }) => name));
  const identity = identityContext(`${tablePrefix}tokens`);
  const server = gateway({
    specs: functions,
    http: async (name) => (isServer.has(name) ? served : host_.http(name)),
    console: await consoleIn(consoleFolder),
    hosts: hostNames(host),
    ...(auth && { authenticate: (header) => authenticate(identity, header) }),
  });
  const port = await listenFrom(server, host, firstPort);
  parts.defer("gateway", () => {
    server.close();
    server.closeAllConnections();
  });
  await workflows.begin(host_);
  const tokenFile = auth ? await firstToken(identity, folder.file("token")) : undefined;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    objectsUrl: objects.endpoint,
    credentials: secrets,
    isNew: folder.isNew,
    ...(tokenFile !== undefined && { tokenFile }),
    stop: () => parts.stop(),
  };
}
