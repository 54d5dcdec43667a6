import { Architecture, Code, type ILayerVersion, LayerVersion, Runtime } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { FunctionSpec } from "#contracts/function-spec.ts";

/** Where `npm run layers` leaves a layer's files: `nodejs/node_modules/...`, one architecture only. */
const folder = (name: string) => new URL(`../../dist/layers/${name}`, import.meta.url).pathname;

/**
 * arm64 costs a fifth less, so that everything runs there that can; DuckDB's binding for linux/arm64 is not in every registry, the one
 * for linux/x64 is (docs/decisions/0003-architectures.md).
 */
export const architectureOf = (spec: FunctionSpec): Architecture => (spec.duckdb === true ? Architecture.X86_64 : Architecture.ARM_64);

const layerNames = { onnxArm: "onnx-arm64", onnxX64: "onnx-x64", duckdb: "duckdb-x64" } as const;
type LayerKey = keyof typeof layerNames;

/** Native packages as Lambda layers, each made only where a function of the stack declares it. */
export class NativeLayers extends Construct {
  private readonly made = new Map<LayerKey, ILayerVersion>();

  private layer(key: LayerKey): ILayerVersion {
    const architecture = key === "onnxArm" ? Architecture.ARM_64 : Architecture.X86_64;
    const name = layerNames[key];
    const layer =
      this.made.get(key) ??
      new LayerVersion(this, key, {
        code: Code.fromAsset(folder(name)),
        compatibleRuntimes: [Runtime.NODEJS_24_X],
        compatibleArchitectures: [architecture],
        description: name,
      });
    this.made.set(key, layer);
    return layer;
  }

  /** The layers that a function declared, for its architecture. */
  for(spec: FunctionSpec): ILayerVersion[] {
    const onnx: LayerKey = architectureOf(spec) === Architecture.ARM_64 ? "onnxArm" : "onnxX64";
    return [...(spec.onnx === true ? [this.layer(onnx)] : []), ...(spec.duckdb === true ? [this.layer("duckdb")] : [])];
  }
}
