import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { bundleFile, bundleFunctions } from "#infra/build/functions.ts";
import { buildLayers, layerFolder, layerNames } from "#infra/build/layers.ts";
import { functions } from "#infra/inventory.ts";
import { environment } from "#infra/local/environment.ts";
import { type Measurement, median } from "../measurement.ts";

const nowhere = "http://127.0.0.1:9";
const variables = environment(
  { dynamoDb: nowhere, objects: nowhere, aws: nowhere, serving: nowhere },
  { accessKeyId: "test", secretAccessKey: "test-secret" },
  "/tmp",
);

/** What Lambda does before the first event: loads the bundle, which makes its handler. */
const load = `
  const began = performance.now();
  const bundle = await import(process.argv[1]);
  if (typeof (bundle.handler ?? bundle.default.handler) !== "function") throw new TypeError("no handler");
  console.log(performance.now() - began);
  process.exit(0);`;

const repeats = 3;

/** Lambda unpacks layers so that they lie under /opt/nodejs/node_modules, which it names in NODE_PATH. */
const layerPath = layerNames
  .filter((name) => name.endsWith(`-${process.arch}`))
  .map((name) => join(layerFolder(name), "nodejs/node_modules"))
  .join(":");

/** As in Lambda the bundle stands alone: the project's package.json would say what kind of module it is. */
function loadMs(bundle: string): number {
  const folder = mkdtempSync(join(tmpdir(), "capstan-bench-"));
  const file = join(folder, basename(bundle));
  cpSync(bundle, file);
  const times = Array.from({ length: repeats }, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", load, file], {
      env: { PATH: process.env["PATH"], NODE_PATH: layerPath, ...variables, LOG_LEVEL: "error" },
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${file} does not load:\n${stderr.slice(-1000)}`);
    return Number(stdout);
  });
  rmSync(folder, { recursive: true, force: true });
  return median(times);
}

const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (sum, file) => sum + (file.isFile() ? statSync(join(file.parentPath, file.name)).size : 0),
    0,
  );

const largest = <T extends { readonly value: number }>(items: readonly T[]): T | undefined => items.toSorted((a, b) => b.value - a.value)[0];

/** Sizes of what is deployed, and how long the slowest bundle takes to be ready. */
export async function bundles(): Promise<readonly Measurement[]> {
  await bundleFunctions(functions);
  buildLayers();
  const sizes = functions.map((spec) => ({ spec, value: statSync(bundleFile(spec)).size / 1000 }));
  const big = largest(sizes);
  // Time to load grows with size: the slowest is among the largest.
  const candidates = sizes.toSorted((a, b) => b.value - a.value).slice(0, 5);
  const slow = largest(candidates.map(({ spec }) => ({ spec, value: loadMs(bundleFile(spec)) })));
  const lower = { better: "lower" } as const;
  return [
    { what: `largest Lambda bundle (${big?.spec.name})`, unit: "kB", ...lower, own: { value: big?.value ?? Number.NaN }, goal: { most: 600 } },
    {
      what: `bundle to handler ready, slowest of the 5 largest (${slow?.spec.name})`,
      unit: "ms",
      ...lower,
      own: { value: slow?.value ?? Number.NaN },
      goal: { most: 250 },
    },
    { what: "ONNX layer, x64, unpacked", unit: "MB", ...lower, own: { value: bytesIn(layerFolder("onnx-x64")) / 1e6 }, goal: { most: 48 } },
    { what: "ONNX layer, arm64, unpacked", unit: "MB", ...lower, own: { value: bytesIn(layerFolder("onnx-arm64")) / 1e6 }, goal: { most: 27 } },
  ];
}
