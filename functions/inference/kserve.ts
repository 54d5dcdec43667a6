import { invalid } from "#core/errors.ts";
import { assignVariant } from "#core/serving/endpoint-source.ts";
import { valuesOf } from "#core/serving/predictions.ts";
import type { Tensor, TensorSpec } from "#core/serving/tensor.ts";
import { formatJson } from "#runtime/exact-json.ts";
import type { HttpResponse } from "#runtime/http.ts";
import { capture, type Travelled } from "./capture.ts";
import type { SignedVariant } from "./hosted-models.ts";
import { formatInfer, type InferDocument, readInfer, tensorsOfInfer } from "./kserve-wire.ts";
import { type InferenceContext, predict } from "./predict.ts";
import { type BufferedRequest, inferenceIdHeader, type JsonBody, jsonBody, stickyKeyHeader } from "./request.ts";

const json = (document: unknown): HttpResponse => ({ status: 200, headers: { "content-type": "application/json" }, body: formatJson(document) });

/** The JSON and the bytes after it: `Inference-Header-Content-Length` says where one ends (binary tensor data extension). */
function split({ headers, body }: BufferedRequest): { readonly body: JsonBody; readonly binary: Uint8Array } {
  const header = headers["inference-header-content-length"];
  if (header === undefined) return { body: jsonBody(body), binary: new Uint8Array() };
  const length = Number(header);
  if (!/^\d+$/.test(header) || length > body.byteLength)
    throw invalid(`Inference-Header-Content-Length must be at most the ${body.byteLength} bytes sent, got ${header.slice(0, 40)}`);
  return { body: jsonBody(body.subarray(0, length)), binary: body.subarray(length) };
}

const listed = (tensor: Tensor) => ({ name: tensor.name, datatype: tensor.datatype, shape: tensor.shape, data: valuesOf(tensor) });

/** A body for the record: as it travelled where that is JSON, else the same tensors as JSON, since bytes tell a reader of captures nothing. */
const readable = (body: string | Uint8Array, binary: boolean, document: object): Travelled => ({
  contentType: "application/json",
  body: binary ? formatJson(document) : body,
});

/** POST /v2/models/{name}/infer, and of one version. */
export async function infer(ctx: InferenceContext, request: BufferedRequest, endpoint: string, version?: string): Promise<HttpResponse> {
  const { body, binary } = split(request);
  const document = readInfer(body.document, binary);
  const ask = {
    endpoint,
    version,
    target: request.headers["x-amzn-sagemaker-target-variant"],
    inferenceId: request.headers[inferenceIdHeader],
    keyOf: () => request.headers[stickyKeyHeader],
  };
  const prediction = await predict(ctx, ask, ({ inputs }) => {
    const exact = body.exactly(inputs);
    const whole: InferDocument = exact === body.document ? document : readInfer(exact, binary);
    return tensorsOfInfer(inputs, whole);
  });
  const { variant, outputs, id } = prediction;
  const unknown = document.outputs.names?.find((name) => !outputs.some((output) => output.name === name));
  if (unknown !== undefined) throw invalid(`output ${unknown.slice(0, 100)} must be one of the model's outputs: ${outputs.map(({ name }) => name).join(", ")}`);
  const reply = formatInfer(prediction.endpoint.name, variant.modelVersion, document, outputs, { variant: variant.name, prediction_id: id });
  capture(
    ctx,
    prediction,
    () => readable(request.body, binary.byteLength > 0, { inputs: prediction.inputs.map(listed) }),
    () => readable(reply.body, typeof reply.body !== "string", { outputs: outputs.map(listed) }),
  );
  return { status: 200, headers: { ...reply.headers, "x-amzn-invoked-production-variant": variant.name }, body: reply.body };
}

/** Metadata of the variant that has most of the traffic, or of one version. */
export async function modelMetadata(ctx: InferenceContext, name: string, version?: string): Promise<HttpResponse> {
  const endpoint = await ctx.directory.find(name);
  const variant = assignVariant(endpoint, { version: version ?? heaviest(endpoint.variants) }, 0);
  const { inputs, outputs } = ctx.hosted?.answers(endpoint, variant) === true ? portsOf(variant) : await ctx.models.get(variant, endpoint.batching);
  const versions = [...new Set(endpoint.variants.map(({ modelVersion }) => modelVersion))];
  return json({ name: endpoint.name, versions, platform: "onnxruntime_onnx", inputs, outputs });
}

/** What the model takes and gives by its signature: it is not in memory here. */
function portsOf({ signature }: SignedVariant): { readonly inputs: readonly TensorSpec[]; readonly outputs: readonly TensorSpec[] } {
  const bare = ({ name, datatype, shape }: TensorSpec): TensorSpec => ({ name, datatype, shape });
  return { inputs: signature.inputs.map(bare), outputs: signature.outputs.map(bare) };
}

const heaviest = (variants: readonly { readonly modelVersion: string; readonly weight: number; readonly revoked?: unknown }[]) =>
  variants.filter(({ revoked }) => !revoked).toSorted((a, b) => b.weight - a.weight)[0]?.modelVersion;

export async function modelReady(ctx: InferenceContext, name: string, version?: string): Promise<HttpResponse> {
  await modelMetadata(ctx, name, version);
  return json({ ready: true });
}

export const serverMetadata = (): HttpResponse => json({ name: "capstan", version: "2", extensions: ["binary_tensor_data"] });
export const serverLive = (): HttpResponse => json({ live: true });
export const serverReady = (): HttpResponse => json({ ready: true });
