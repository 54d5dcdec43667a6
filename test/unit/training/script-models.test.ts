import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type OnnxPorts, scriptSignature } from "#core/training/jobs/script-signature.ts";
import { packTar, unpackTar } from "#core/training/jobs/tar.ts";
import { trainingCode } from "#stores/s3/training-code.ts";
import { memoryObjects } from "#test/support/memory-objects.ts";

const matrix = (width: number) => ({ name: "X", datatype: "FP32" as const, shape: [-1, width] });
const output = (name: string, shape: readonly number[], datatype: "FP32" | "INT64" = "FP32") => ({ name, datatype, shape });
const task = { target: "y", problem: "classification" as const, columns: ["a", "b"] };
const classifier: OnnxPorts = { inputs: [matrix(2)], outputs: [output("label", [-1], "INT64"), output("probabilities", [-1, 3])] };

describe("the signature of a script's model", () => {
  it("has the columns of the table and the classes of the target where the script says nothing", () => {
    expect(scriptSignature(classifier, {}, task, [0, 1, 2])).toMatchObject({
      inputs: [{ name: "X", datatype: "FP32", shape: [-1, 2], columns: ["a", "b"] }],
      outputs: [{ name: "label" }, { name: "probabilities", columns: ["0", "1", "2"] }],
      featureNames: ["a", "b"],
      labels: [0, 1, 2],
    });
  });
  it("has what the script's card says, in its order", () => {
    expect(scriptSignature(classifier, { featureNames: ["b", "a"], labels: ["x", "y", "z"] }, task, [0, 1, 2])).toMatchObject({
      featureNames: ["b", "a"],
      labels: ["x", "y", "z"],
    });
  });
  it("takes the only output of floating point, whatever its name, as scikit-learn's converters write it", () => {
    const ports = { inputs: [matrix(2)], outputs: [output("variable", [-1, 1])] };

    expect(scriptSignature(ports, {}, { ...task, problem: "regression" }, undefined)).toMatchObject({ problem: "regression", outputs: [{ name: "variable" }] });
  });
  it("names features after inputs where there is one for each", () => {
    const ports = { ...classifier, inputs: ["b", "a"].map((name) => ({ name, datatype: "FP32" as const, shape: [-1, 1] })) };

    expect(scriptSignature(ports, {}, task, [0, 1, 2]).featureNames).toEqual(["b", "a"]);
  });
  it.each([
    ["columns", { ...classifier, inputs: [matrix(5)] }, /X takes 5 columns, the data have 2: name them as featureNames .* found a, b/],
    ["no tensor to judge", { ...classifier, outputs: [] }, /output probabilities .* found no tensor/],
    ["two candidates", { ...classifier, outputs: [output("p", [-1, 3]), output("q", [-1, 3])] }, /found p FP32 \[-1, 3\]; q FP32/],
    ["other classes", { ...classifier, outputs: [output("probabilities", [-1, 7])] }, /must be \[rows, 3\], .* got \[-1, 7\]; classes: 0, 1, 2/],
  ])("is refused for %s, naming what was found", (_what, ports, message) => {
    expect(() => scriptSignature(ports, {}, task, [0, 1, 2])).toThrow(message);
  });
});

describe("the code of a script", () => {
  const files = (paths: readonly string[]) => paths.map((path) => ({ path, bytes: Buffer.from(`# ${path}`) }));
  const deep = `${"folder/".repeat(12)}a-module-with-quite-a-long-name-of-its-own.py`;

  it("is packed as tar reads it, and read as tar packs it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "capstan-tar-"));
    await writeFile(join(folder, "code.tar"), packTar(files(["train.py", deep])));
    execFileSync("tar", ["-xf", "code.tar"], { cwd: folder });
    expect(await readFile(join(folder, deep), "utf8")).toBe(`# ${deep}`);

    const long = `${"x".repeat(120)}.py`;
    await mkdir(join(folder, "lib"));
    await writeFile(join(folder, "lib", long), "1");
    for (const format of ["gnu", "posix", "ustar"]) {
      const path = format === "ustar" ? deep : `lib/${long}`;
      const packed = execFileSync("tar", ["-c", `--format=${format}`, "-C", folder, "-f", "-", `./${path}`]);
      expect(unpackTar(packed).map((file) => file.path)).toEqual([path]);
    }
    await rm(folder, { recursive: true });
  });
  it("is kept under the hash of its content, however it was brought", async () => {
    const objects = memoryObjects();
    const code = trainingCode(objects, "artifacts");
    await objects.put({ bucket: "data", key: "mine/train.py" }, "print(1)");
    await objects.put({ bucket: "data", key: "mine/lib/part.py" }, "x = 1");
    const folder = await code.keep(await code.read("s3://data/mine/"));
    const kept = (await objects.get({ bucket: "artifacts", key: `training-code/${folder.sha256}.tar.gz` })) ?? new Uint8Array();
    await objects.put({ bucket: "data", key: "mine.tar.gz" }, kept);

    expect(unpackTar(gunzipSync(kept)).map(({ path }) => path)).toEqual(["lib/part.py", "train.py"]);
    expect(await code.keep(await code.read("s3://data/mine.tar.gz"))).toEqual(folder);
  });
  it.each([
    ["s3://data/nothing/", /no object under s3:\/\/data\/nothing/],
    ["s3://data/none.tar.gz", /object s3:\/\/data\/none.tar.gz not found/],
    ["s3://data/text.tar.gz", /must be compressed by gzip/],
  ])("is refused where %s holds none", async (uri, message) => {
    const objects = memoryObjects();
    await objects.put({ bucket: "data", key: "text.tar.gz" }, "no archive");

    await expect(trainingCode(objects, "artifacts").read(uri)).rejects.toThrow(message);
  });
  it("is refused where an archive leads out of its folder", () => {
    expect(() => unpackTar(packTar(files(["../train.py"])))).toThrow("code archive must not lead out of its folder, got ../train.py");
  });
});
