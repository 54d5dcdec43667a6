import { Architecture, Code, type ILayerVersion, LayerVersion, Runtime } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { FunctionSpec } from "#contracts/function-spec.ts";
import { type LayerName, layerFolder } from "../build/layers.ts";

/**
 * arm64 costs a fifth less, so that everything runs there that can; DuckDB's binding for linux/arm64 is not in every registry, the one
 * for linux/x64 is (docs/decisions/0003-architectures.md).
 */
export const architectureOf = ({ duckdb = false }: FunctionSpec): Architecture => (duckdb ? Architecture.X86_64 : Architecture.ARM_64);

/** The layers that a function's declaration asks for, in its architecture. */
export const layersOf = ({ onnx = false, duckdb = false }: FunctionSpec): LayerName[] => [
  ...(onnx ? ([duckdb ? "onnx-x64" : "onnx-arm64"] as const) : []),
  ...(duckdb ? (["duckdb-x64"] as const) : []),
];

/** Native packages as Lambda layers, each made only where a function of the stack declares it. */
export class NativeLayers extends Construct {
  private readonly made = new Map<LayerName, ILayerVersion>();

  private layer(name: LayerName): ILayerVersion {
    const layer =
      this.made.get(name) ??
      new LayerVersion(this, name, {
        code: Code.fromAsset(layerFolder(name)),
        compatibleRuntimes: [Runtime.NODEJS_24_X],
        compatibleArchitectures: [name.endsWith("arm64") ? Architecture.ARM_64 : Architecture.X86_64],
        description: name,
      });
    this.made.set(name, layer);
    return layer;
  }

  for(spec: FunctionSpec): ILayerVersion[] {
    return layersOf(spec).map((name) => this.layer(name));
  }
}
