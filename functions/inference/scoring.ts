import { DomainError, invalid } from "#core/errors.ts";
import { predictionsOf } from "#core/serving/predictions.ts";
import { rowsOfRecords, tensorsOfRows } from "#core/serving/rows.ts";
import { formatJson } from "#runtime/exact-json.ts";
import type { HttpResponse } from "#runtime/http.ts";
import { capture } from "./capture.ts";
import { formatCsv } from "./csv.ts";
import { type InferenceContext, type Prediction, predict } from "./predict.ts";
import { type BufferedRequest, inferenceIdHeader, type JsonBody, jsonBody, mediaType, stickyKeyHeader } from "./request.ts";
import { tensorsOfCsv, tensorsOfScoring } from "./scoring-wire.ts";

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
const isListOfFields = (value: unknown): value is readonly Fields[] => Array.isArray(value) && value.every(isFields);
const keyText = (value: unknown): string | undefined => (typeof value === "string" || typeof value === "number" ? String(value) : undefined);

/** The field of the first row, in the forms that name their columns. */
function fieldOfFirstRow(document: unknown, field: string): string | undefined {
  if (!isFields(document)) return undefined;
  const rows = document["rows"] ?? document["dataframe_records"] ?? document["instances"];
  if (isListOfFields(rows)) return keyText(rows[0]?.[field]);
  const split = document["dataframe_split"];
  if (!isFields(split) || !Array.isArray(split["columns"]) || !Array.isArray(split["data"])) return undefined;
  const [first] = split["data"] as readonly unknown[];
  return Array.isArray(first) ? keyText(first[split["columns"].indexOf(field)]) : undefined;
}

const asker = (request: BufferedRequest, endpoint: string, document: unknown) => ({
  endpoint,
  inferenceId: request.headers[inferenceIdHeader],
  keyOf: (field: string | undefined) => request.headers[stickyKeyHeader] ?? (field === undefined ? undefined : fieldOfFirstRow(document, field)),
});

const jsonTypes = new Set(["", "application/json", "application/x-www-form-urlencoded", "application/octet-stream"]);
const csvTypes = new Set(["text/csv", "application/csv"]);

/** InvokeEndpoint and MLflow's scoring server: CSV or JSON in, by `Content-Type`; JSON or CSV out, by `Accept`. */
export async function invoke(ctx: InferenceContext, request: BufferedRequest, endpoint: string): Promise<HttpResponse> {
  const { headers } = request;
  const type = mediaType(headers["content-type"]);
  const csv = csvTypes.has(type);
  if (!csv && !jsonTypes.has(type)) throw invalid(`Content-Type must be application/json or text/csv, got ${type.slice(0, 100)}`);
  const body: JsonBody | undefined = csv ? undefined : jsonBody(request.body);
  const ask = { ...asker(request, endpoint, body?.document), target: headers["x-amzn-sagemaker-target-variant"] };
  const prediction = await predict(ctx, ask, (reader) =>
    body ? tensorsOfScoring(reader, body.exactly(reader.inputs)) : tensorsOfCsv(reader, request.body.toString("utf8"), headers["content-type"] ?? ""),
  );
  const predictions = predictionsOf(prediction.outputs);
  const wantsCsv = csvTypes.has(mediaType(headers["accept"]));
  const contentType = wantsCsv ? "text/csv; charset=utf-8" : "application/json";
  const reply = wantsCsv ? formatCsv(predictions) : formatJson({ predictions });
  capture(
    ctx,
    prediction,
    () => ({ contentType: csv ? "text/csv" : "application/json", body: request.body }),
    () => ({ contentType, body: reply }),
  );
  return { status: 200, headers: { "content-type": contentType, ...invoked(prediction) }, body: reply };
}

const invoked = ({ variant, id }: Prediction) => ({ "x-amzn-invoked-production-variant": variant.name, "x-capstan-prediction-id": id });

/** /invocations of a container: its own model, or the endpoint that the request names. */
export function invokeContainer(ctx: InferenceContext, request: BufferedRequest): Promise<HttpResponse> {
  const endpoint = request.headers["x-capstan-endpoint"] ?? ctx.defaultEndpoint;
  if (endpoint === undefined) throw invalid("header X-Capstan-Endpoint must name an endpoint, got nothing");
  return invoke(ctx, request, endpoint);
}

/** GET /ping: ready once the container's own model is loaded; a server of many endpoints is ready when it answers. */
export async function ping(ctx: InferenceContext): Promise<HttpResponse> {
  if (ctx.defaultEndpoint !== undefined) {
    const endpoint = await ctx.directory.find(ctx.defaultEndpoint);
    await Promise.all(endpoint.variants.map(async (variant) => ctx.models.get(variant, endpoint.batching)));
  }
  return { status: 200, headers: { "content-type": "application/json" }, body: "{}" };
}

/** POST /predict/{endpoint}: rows of named columns. */
export async function predictRows(ctx: InferenceContext, request: BufferedRequest, endpoint: string): Promise<HttpResponse> {
  const body = jsonBody(request.body);
  const rowsIn = (document: unknown) => {
    const rows = isFields(document) ? document["rows"] : undefined;
    if (!isListOfFields(rows)) throw new DomainError("INVALID_PARAMETER_VALUE", "rows must be a list of objects, one value per column");
    return rows;
  };
  const target = isFields(body.document) ? body.document["variant"] : undefined;
  if (target !== undefined && typeof target !== "string") throw invalid("variant must be a variant's name");
  const rows = rowsIn(body.document);
  const prediction = await predict(ctx, { ...asker(request, endpoint, body.document), target }, (reader) => {
    const exact = body.exactly(reader.inputs);
    return tensorsOfRows(reader.inputs, reader.signature, rowsOfRecords(exact === body.document ? rows : rowsIn(exact)));
  });
  const { variant, id } = prediction;
  const reply = formatJson({
    predictions: predictionsOf(prediction.outputs),
    endpoint: prediction.endpoint.name,
    variant: variant.name,
    modelName: variant.modelName,
    modelVersion: variant.modelVersion,
    predictionId: id,
  });
  capture(
    ctx,
    prediction,
    // Under the name that MLflow has for such rows, which readers of captures know.
    () => ({ contentType: "application/json", body: formatJson({ dataframe_records: rows }) }),
    () => ({ contentType: "application/json", body: reply }),
  );
  return { status: 200, headers: { "content-type": "application/json", ...invoked(prediction) }, body: reply };
}
