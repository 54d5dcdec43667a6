/** `npm run doctor`: says whether this machine can run the platform, and whether the AWS account in use can take it. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { ConfigError } from "#core/errors.ts";
import { type DeploymentConfig, readConfig } from "../../infra/config.ts";
import { checkAccount } from "./account.ts";
import { checkMachine, repositoryRoot } from "./machine.ts";
import { exitCodeOf, report } from "./report.ts";

const usage = `Usage: npm run doctor -- [options]

  npm run doctor                          this machine, and the AWS account of the credentials in use if there are any
  npm run doctor -- --json                the same for programs: {"findings": [{check, status, found, fix}]}

  --port N          the port that npm start would try first            (default 5000)
  --data DIR        the data folder                                    (default ./.capstan)
  --config JSON     the deployment, instead of capstan in cdk.json     (as for: npx cdk deploy -c capstan=JSON)
  --region REGION   the region, instead of the deployment's or the profile's
  --local           this machine only
  --json            findings as JSON
  --help            this text

Exit code: 0 where nothing fails, 1 where something does, 2 for a wrong option.
`;

const options = {
  port: { type: "string", default: "5000" },
  data: { type: "string", default: ".capstan" },
  config: { type: "string" },
  region: { type: "string" },
  local: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

const serverTime = async (region: string): Promise<Date> => {
  const { headers } = await fetch(`https://sts.${region}.amazonaws.com/`, { method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(5_000) });
  return new Date(headers.get("date") ?? Number.NaN);
};

function deployment(given: string | undefined): DeploymentConfig {
  const { context = {} } = JSON.parse(readFileSync(new URL("../../cdk.json", import.meta.url), "utf8")) as { context?: Readonly<Record<string, unknown>> };
  return readConfig(given ?? context["capstan"]);
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new ConfigError(`--port must be an integer from 1 to 65535, got ${text}`);
  return port;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  if (values.help) return void process.stdout.write(usage);
  const { region, gpu } = deployment(values.config);
  const port = portOf(values.port);
  const machine = await checkMachine({ port, data: resolve(values.data), nodeVersion: process.versions.node, root: repositoryRoot });
  const account = values.local ? [] : await checkAccount({ region: values.region ?? region, gpu, serverTime, now: Date.now });
  const findings = [...machine, ...account];
  process.stdout.write(values.json ? `${JSON.stringify({ findings }, undefined, 2)}\n` : report(findings));
  process.exitCode = exitCodeOf(findings);
}

try {
  await main();
} catch (error) {
  const isUsage = error instanceof ConfigError || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS") === true;
  process.stderr.write(isUsage ? `${(error as Error).message}\n\n${usage}` : `${(error as Error).stack}\n`);
  process.exitCode = isUsage ? 2 : 1;
}
