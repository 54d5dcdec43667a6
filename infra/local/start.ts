/** `npm start`: the whole platform on this machine, until Ctrl-C. */

import { ConfigError } from "#core/errors.ts";
import packageJson from "../../package.json" with { type: "json" };
import { readOptions, type StartOptions, usage } from "./options.ts";
import { type Platform, startPlatform } from "./platform.ts";

process.env["LOG_LEVEL"] ??= "warn";

function readyText({ url, objectsUrl, credentials, isNew, tokenFile, port }: Platform, options: StartOptions, seconds: number): string {
  const moved = port === options.port ? "" : `  port ${options.port} is busy, taken instead: ${port}\n`;
  const token = tokenFile === undefined ? "" : `  token      ${tokenFile}\n`;
  return `capstan ${packageJson.version}  ready in ${seconds.toFixed(1)} s    data ${options.data}${isNew ? " (new)" : ""}    node ${process.versions.node}
${moved}  console    ${url}
  MLflow     export MLFLOW_TRACKING_URI=${url}
  Feast      online_store: { type: remote, path: ${url} }
  KServe V2  ${url}/v2        SageMaker  --endpoint-url ${url}
  S3         export AWS_ENDPOINT_URL_S3=${objectsUrl} AWS_ACCESS_KEY_ID=${credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}
${token}  try        npm run demo        stop  Ctrl-C (data are kept)
`;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    process.stdout.write(usage);
    return;
  }
  const platform = await startPlatform(options);
  process.stdout.write(readyText(platform, options, process.uptime()));
  let stopping = false;
  const stop = (code: number) => {
    if (stopping) return;
    stopping = true;
    void platform.stop().finally(() => process.exit(code));
  };
  process.on("SIGINT", () => stop(130));
  process.on("SIGTERM", () => stop(0));
}

try {
  await main();
} catch (error) {
  process.stderr.write(error instanceof ConfigError ? `${error.message}\n` : `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(error instanceof ConfigError ? 2 : 1);
}
