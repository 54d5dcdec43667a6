import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { CreateTableCommand, type DynamoDBClient, ResourceInUseException, UpdateTimeToLiveCommand } from "@aws-sdk/client-dynamodb";
import { ConfigError } from "#core/errors.ts";
import { tables } from "../inventory.ts";

/** A running DynamoDB engine. */
export interface DynamoDbEngine {
  readonly endpoint: string;
  readonly process: ChildProcess;
  /** Ends the engine and waits until its file is closed. */
  stop(): Promise<void>;
}

/** A loopback port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** The engine's binary for this platform, from its npm package. */
function binary(): string {
  const path = fileURLToPath(new URL(`../../node_modules/@dynoxide/${process.platform}-${process.arch}/dynoxide`, import.meta.url));
  if (!existsSync(path))
    throw new ConfigError(`no DynamoDB engine for ${process.platform}-${process.arch}: set DYNAMODB_ENDPOINT to a DynamoDB Local or an account`);
  return path;
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    await fetch(endpoint, {
      method: "POST",
      headers: { "x-amz-target": "DynamoDB_20120810.ListTables", "content-type": "application/x-amz-json-1.0" },
      body: "{}",
    });
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts dynoxide (DynamoDB over a SQLite file) on a loopback port.
 * @param file where the data are kept; without it they are in memory and gone with the process
 */
export async function startDynamoDb(file?: string): Promise<DynamoDbEngine> {
  const port = await freePort();
  const child = spawn(binary(), ["serve", "--host", "127.0.0.1", "--port", String(port), ...(file === undefined ? [] : ["--db-path", file])], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  // It greets on stderr: kept, and shown only when it ends before its time.
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = `${said}${text}`.slice(-2000);
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 10_000;
  while (!(await answers(endpoint))) {
    if (child.exitCode !== null) throw new Error(`the DynamoDB engine ended with code ${child.exitCode}: ${said.trim()}`);
    if (Date.now() > deadline) throw new Error("the DynamoDB engine did not answer within 10 s");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    endpoint,
    process: child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, "exit");
      child.kill("SIGTERM");
      await exit;
    },
  };
}

/** Makes the platform's tables where they are missing; safe to repeat. @param prefix before each table's name */
export async function createTables(client: DynamoDBClient, prefix: string): Promise<void> {
  for (const [name, { timeToLive }] of [...Object.entries(tables), ["local", { timeToLive: false }] as const]) {
    const TableName = `${prefix}${name}`;
    try {
      await client.send(
        new CreateTableCommand({
          TableName,
          BillingMode: "PAY_PER_REQUEST",
          KeySchema: [
            { AttributeName: "pk", KeyType: "HASH" },
            { AttributeName: "sk", KeyType: "RANGE" },
          ],
          AttributeDefinitions: [
            { AttributeName: "pk", AttributeType: "S" },
            { AttributeName: "sk", AttributeType: "S" },
          ],
        }),
      );
      if (timeToLive) await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true } }));
    } catch (error) {
      if (!(error instanceof ResourceInUseException)) throw error;
    }
  }
}
