/** `npm run bench -- <area> [--peers]`: measures an area, prints a table, keeps it in test/bench/results; `all` also writes docs/reference/benchmarks.md. */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { lifecycle } from "#infra/local/lifecycle.ts";
import { webConsole } from "./console/console.ts";
import { benchmarkDocument } from "./document.ts";
import { thisMachine } from "./machine.ts";
import { type Area, type AreaResult, type BenchOptions, verdictOf } from "./measurement.ts";
import { platform } from "./platform/platform.ts";
import { record, recorded } from "./results.ts";
import { serving } from "./serving/serving.ts";
import { table } from "./table.ts";
import { tracking } from "./tracking/tracking.ts";

const areas: Readonly<Record<string, Area>> = { tracking, serving, platform, console: webConsole };
const names = Object.keys(areas);

const usage = `Usage: npm run bench -- <area> [--peers] [--seconds N]

  <area>        ${names.join(", ")}; all: each of them, then docs/reference/benchmarks.md;
                document: only writes that from the last run of each area
  --peers       start and measure the peers too, from a Python environment that the bench makes (python3, about two minutes the first time)
  --seconds N   length of a window of load    (default 2)

Needs Linux (/proc). Load goes to this machine only.
`;

const parts = lifecycle();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void parts.stop().finally(() => process.exit(130)));

const tell = (text: string) => process.stderr.write(`  ${text}\n`);

async function measured(area: Area, options: BenchOptions): Promise<AreaResult> {
  try {
    return await area(options);
  } finally {
    await options.parts.stop();
  }
}

async function measure(name: string, area: Area, peers: boolean, seconds: number): Promise<void> {
  process.stdout.write(`\n${name}\n`);
  const result = await measured(area, { peers, seconds, tell, parts });
  record({ area: name, machine: thisMachine(), seconds, ...result });
  const missed = result.measurements.filter((measurement) => verdictOf(measurement) === "missed");
  process.stdout.write(`${table(result.measurements)}\n${missed.length === 0 ? "every goal is met" : `${missed.length} goals are missed`}\n`);
}

function writeDocument(): void {
  const file = new URL("../../docs/reference/benchmarks.md", import.meta.url);
  writeFileSync(file, benchmarkDocument(names.map(recorded)));
  process.stdout.write("\ndocs/reference/benchmarks.md is written\n");
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { peers: { type: "boolean", default: false }, seconds: { type: "string", default: "2" }, help: { type: "boolean", default: false } },
  });
  const [asked = ""] = positionals;
  const seconds = Number(values.seconds);
  const isKnown = names.includes(asked) || asked === "all" || asked === "document";
  if (values.help || !isKnown || !(seconds > 0 && seconds <= 60)) {
    process.stdout.write(usage);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  for (const [name, area] of Object.entries(areas)) if (asked === name || asked === "all") await measure(name, area, values.peers, seconds);
  if (asked === "all" || asked === "document") writeDocument();
}

await main();
