import { existsSync } from "node:fs";
import { mkdir, rm, stat, statfs, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { folderHolder } from "#infra/local/data-folder.ts";
import { isFree } from "#infra/local/ports.ts";
import packageJson from "../../package.json" with { type: "json" };
import { type Finding, fail, ok, warn } from "./finding.ts";

export interface Machine {
  /** The first port that `npm start` would try. */
  readonly port: number;
  /** Absolute path of the data folder. */
  readonly data: string;
  readonly nodeVersion: string;
  /** Where the packages and the built console are. */
  readonly root: string;
}

export const repositoryRoot = fileURLToPath(new URL("../..", import.meta.url));
const leastFreeBytes = 1_073_741_824;

const numbers = (version: string): readonly [number, number] => {
  const [major = 0, minor = 0] = version.replace(/^\D*/, "").split(".").map(Number);
  return [major, minor];
};

function node({ nodeVersion }: Machine): Finding {
  const [least, have] = [numbers(packageJson.engines.node), numbers(nodeVersion)];
  const enough = have[0] > least[0] || (have[0] === least[0] && have[1] >= least[1]);
  const found = `Node ${nodeVersion}`;
  return enough
    ? ok("node", found)
    : fail("node", `${found}, needed is ${packageJson.engines.node}`, "run through npm scripts after `npm ci`, which brings a Node of its own");
}

function packages({ root }: Machine): Finding {
  const engine = join(root, `node_modules/@dynoxide/${process.platform}-${process.arch}/dynoxide`);
  if (!existsSync(join(root, "node_modules/onnxruntime-node"))) return fail("packages", "packages are not installed", "npm ci");
  if (existsSync(engine)) return ok("packages", `installed, with a table engine for ${process.platform}-${process.arch}`);
  if (process.env["DYNAMODB_ENDPOINT"] !== undefined) return ok("packages", `installed; tables are at ${process.env["DYNAMODB_ENDPOINT"]}`);
  return fail(
    "packages",
    `no table engine for ${process.platform}-${process.arch}`,
    "set DYNAMODB_ENDPOINT to a DynamoDB Local, or to https://dynamodb.<region>.amazonaws.com",
  );
}

const consoleFiles = ({ root }: Machine): Finding =>
  existsSync(join(root, "web/dist/index.html")) ? ok("console", "built") : warn("console", "not built: the API answers, its pages do not", "npm run build:web");

async function port({ port: wanted }: Machine): Promise<Finding> {
  return (await isFree("127.0.0.1", wanted))
    ? ok("port", `${wanted} is free`)
    : warn("port", `${wanted} is busy`, "nothing to do: npm start takes the next free port and says so; --port chooses another");
}

/** Whether files can be written: asked by writing one, since modes say nothing about a read-only disk. */
async function writable(folder: string): Promise<string | undefined> {
  const probe = join(folder, `.doctor-${process.pid}`);
  try {
    await mkdir(dirname(probe), { recursive: true });
    await writeFile(probe, "");
    await rm(probe);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

async function dataFolder({ data }: Machine): Promise<Finding[]> {
  const exists = existsSync(data);
  const near = exists ? data : dirname(data);
  const problem = await writable(near);
  if (problem !== undefined) return [fail("data folder", `${near} cannot be written: ${problem}`, "choose another with --data")];
  const pid = exists ? await folderHolder(data) : undefined;
  const use = pid === undefined ? "" : `, in use by process ${pid}`;
  const open = exists && ((await stat(data)).mode & 0o077) !== 0;
  const folder = open
    ? warn("data folder", `${data} can be read by others${use}`, `chmod 700 ${data}`)
    : ok("data folder", exists ? `${data}${use}` : `${data} will be made by npm start`);
  const { bavail, bsize } = await statfs(near);
  const free = `${((bavail * bsize) / 1e9).toFixed(1)} GB free`;
  return [folder, bavail * bsize < leastFreeBytes ? warn("disk", free, "free at least 1 GB: models and captures are kept there") : ok("disk", free)];
}

/** What `npm start` needs of this machine. Nothing is asked of any other. */
export async function checkMachine(machine: Machine): Promise<Finding[]> {
  return [node(machine), packages(machine), consoleFiles(machine), await port(machine), ...(await dataFolder(machine))];
}
