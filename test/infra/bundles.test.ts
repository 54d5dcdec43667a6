import { fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { bucketVariable, machineVariable, tableVariable } from "#contracts/function-spec.ts";
import { bundleFile, bundleFolder, bundleFunctions } from "#infra/build/functions.ts";
import { buildLayers, layerFolder, layerNames } from "#infra/build/layers.ts";
import { layersOf } from "#infra/constructs/native-layers.ts";
import { functions, machines, tables } from "#infra/inventory.ts";

const megabyte = 1e6;
const isLayersMachine = process.arch === "x64" && process.platform === "linux";

/** A folder's files, by path. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const sizeOf = (files: readonly string[]) => files.reduce((sum, file) => sum + statSync(file).size, 0);

describe("the code of every function", () => {
  beforeAll(async () => {
    buildLayers();
    await bundleFunctions(functions);
  });

  it.each(functions.map((spec) => [spec.name, spec] as const))("%s is one file of at most 600 kB", (name, spec) => {
    expect(readdirSync(bundleFolder(name))).toEqual([basename(bundleFile(spec))]);
    expect(statSync(bundleFile(spec)).size).toBeLessThanOrEqual(600_000);
  });

  it("asks no service for credentials but its environment", () => {
    const asking = functions.filter((spec) => /sso-oidc|GetRoleCredentials|AssumeRoleWithWebIdentity/.test(readFileSync(bundleFile(spec), "utf8")));

    expect(asking.map(({ name }) => name)).toEqual([]);
  });

  it("starts under Node alone, with layers where Lambda puts them, and has a handler", async () => {
    const task = mkdtempSync(join(tmpdir(), "capstan-task-"));
    for (const { name } of functions) cpSync(bundleFolder(name), join(task, name), { recursive: true });
    const bundles = functions.map((spec) => ({ name: spec.name, file: join(task, spec.name, basename(bundleFile(spec))) }));

    const child = fork(fileURLToPath(new URL("./load-bundles.ts", import.meta.url)), [], { env: everyVariable() });
    child.send(bundles);
    const [loaded] = (await once(child, "message")) as [Record<string, string>];
    rmSync(task, { recursive: true });

    expect(loaded).toEqual(Object.fromEntries(functions.map(({ name }) => [name, "function"])));
  });
});

/** What Lambda and the stacks set, for all functions at once. */
function everyVariable(): NodeJS.ProcessEnv {
  return {
    // Lambda sets it to the layers' folder in /opt; a machine that is not of their kind has its own binaries.
    NODE_PATH: isLayersMachine
      ? (["onnx-x64", "duckdb-x64"] as const).map((name) => join(layerFolder(name), "nodejs/node_modules")).join(delimiter)
      : fileURLToPath(new URL("../../node_modules", import.meta.url)),
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    EVENT_BUS_NAME: "bus",
    ...Object.fromEntries((Object.keys(tables) as (keyof typeof tables)[]).map((name) => [tableVariable(name), name])),
    ...Object.fromEntries((["artifacts", "data"] as const).map((name) => [bucketVariable(name), name])),
    ...Object.fromEntries(machines.map(({ name }) => [machineVariable(name), `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`])),
  };
}

describe("the native layers", () => {
  beforeAll(() => {
    buildLayers();
  });

  /** The machine's number in an ELF header: 62 is x86-64, 183 is AArch64. */
  const machineOf = (file: string) => readFileSync(file).readUInt16LE(18);
  const isElf = (file: string) => readFileSync(file).subarray(0, 4).toString("latin1") === "\x7fELF";

  it.each([
    ["onnx-arm64", 183, 30 * megabyte],
    ["onnx-x64", 62, 50 * megabyte],
    ["duckdb-x64", 62, 80 * megabyte],
  ] as const)("%s holds binaries of one architecture, and stays small", (name, machine, limit) => {
    const files = filesIn(layerFolder(name));

    expect(new Set(files.filter(isElf).map(machineOf))).toEqual(new Set([machine]));
    expect(sizeOf(files)).toBeLessThan(limit);
  });

  it("hold no library for graphics cards, nor for other systems", () => {
    const files = layerNames.flatMap((name) => filesIn(layerFolder(name)));

    expect(files.filter((file) => /cuda|tensorrt|\.dll$|\.dylib$|win32|darwin/.test(file))).toEqual([]);
  });

  it("leave each function far below Lambda's 250 MB", () => {
    for (const spec of functions) {
      const layers = layersOf(spec).flatMap((name) => filesIn(layerFolder(name)));

      expect(sizeOf(layers) + statSync(bundleFile(spec)).size, spec.name).toBeLessThan(200 * megabyte);
    }
  });
});
