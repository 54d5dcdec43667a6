/** `npm run demo`: the whole main job on real data, against a platform that runs already or one of its own, which is left running unless `--exit` is given. */
import { parseArgs } from "node:util";
import { readOptions } from "#infra/local/options.ts";
import { type Platform, startPlatform } from "#infra/local/platform.ts";
import { client } from "./client.ts";
import { demo } from "./demo.ts";
import { story } from "./story.ts";

process.env["LOG_LEVEL"] ??= "warn";

const usage = `Usage: npm run demo -- [--url URL] [--token TOKEN] [--data DIR] [--port N] [--exit]

  --url URL     a platform that runs already              (default: the one on http://127.0.0.1:5000, else its own)
  --token TOKEN where authentication is on
  --data DIR    data folder of its own platform           (default ./.capstan)
  --port N      port of its own platform                  (default 5000)
  --exit        stop its own platform at the end
`;

const answers = async (url: string): Promise<boolean> => {
  try {
    const status = (await (await fetch(`${url}/capstan/v1/status`)).json()) as { product?: string };
    return status.product === "capstan";
  } catch {
    return false;
  }
};

const { values } = parseArgs({
  options: {
    url: { type: "string" },
    token: { type: "string" },
    data: { type: "string" },
    port: { type: "string" },
    exit: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

async function ownPlatform(): Promise<Platform> {
  const options = readOptions([...(values.data === undefined ? [] : ["--data", values.data]), ...(values.port === undefined ? [] : ["--port", values.port])]);
  if (!options) throw new TypeError("options must be there without --help");
  const platform = await startPlatform(options);
  process.stdout.write(`capstan is up: ${platform.url}, data in ${options.data}\n\n`);
  return platform;
}

async function main(): Promise<void> {
  const standard = `http://127.0.0.1:${values.port ?? 5000}`;
  const running = values.url ?? (values.data === undefined && (await answers(standard)) ? standard : undefined);
  const platform = running === undefined ? await ownPlatform() : undefined;
  const url = running ?? platform?.url ?? standard;
  const stop = async () => {
    await platform?.stop();
    process.exit();
  };
  process.on("SIGINT", () => void stop());
  try {
    const told = story((text) => process.stdout.write(text));
    await demo(client(url, values.token), told);
    told.end();
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`\nthe demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
    if (platform) await stop();
    return;
  }
  if (platform && !values.exit) process.stdout.write(`\nThe platform goes on at ${url}; stop it with Ctrl-C.\n`);
  if (platform && values.exit) await stop();
}

if (values.help) process.stdout.write(usage);
else await main();
