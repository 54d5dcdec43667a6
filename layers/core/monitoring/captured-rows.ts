import type { CaptureRecord } from "#contracts/sagemaker/capture.ts";
import { type Cell, csvColumns, jsonColumns, type PayloadColumns } from "./payload-columns.ts";

/** One predicted row: features and predictions as columns, and which prediction it was. */
export interface CapturedRow {
  readonly eventId: string;
  /** Position within the request. */
  readonly position: number;
  /** ISO 8601, UTC. */
  readonly inferenceTime: string;
  readonly cells: Readonly<Record<string, Cell>>;
}

/** What features are called where the payload does not name them; see {@link featureNames}. */
const featureStem = "feature";
const predictionStem = "prediction";

type Payload = CaptureRecord["captureData"]["endpointInput"];

function columnsOf(payload: Payload, stem: string): PayloadColumns {
  if (payload === undefined || payload.encoding === "BASE64") return new Map();
  if (payload.encoding === "CSV") return csvColumns(payload.data, stem);
  try {
    return jsonColumns(JSON.parse(payload.data), stem);
  } catch {
    return new Map();
  }
}

function rowsOf(columns: PayloadColumns, { eventId, inferenceTime }: CaptureRecord["eventMetadata"]): CapturedRow[] {
  const rows = Math.max(0, ...[...columns.values()].map((values) => values.length));
  return Array.from({ length: rows }, (_, position) => ({
    eventId,
    position,
    inferenceTime,
    cells: Object.fromEntries([...columns].map(([name, values]) => [name, values[position] ?? null])),
  }));
}

/** The rows of a captured prediction; none where its payload cannot be read. A prediction never hides a feature of the same name. */
export function capturedRows({ captureData, eventMetadata }: CaptureRecord): CapturedRow[] {
  const input = columnsOf(captureData.endpointInput, featureStem);
  const output = columnsOf(captureData.endpointOutput, predictionStem);
  return rowsOf(new Map([...output, ...input]), eventMetadata);
}

/** What was asked, without the answer. */
export const askedRows = ({ captureData, eventMetadata }: CaptureRecord): CapturedRow[] =>
  rowsOf(columnsOf(captureData.endpointInput, featureStem), eventMetadata);

/** The rows in a JSON request of any protocol that endpoints speak, which also is what MLflow writes as a model's input example. */
export function exampleCells(document: unknown): CapturedRow["cells"][] {
  return rowsOf(jsonColumns(document, featureStem), { eventId: "", inferenceTime: "" }).map(({ cells }) => cells);
}

/** The reference's name for each stored one where payloads name nothing: features come in the reference's order, and a feature alone has no number. */
export const featureNames = (reference: readonly string[]): ReadonlyMap<string, string> =>
  new Map([...reference.map((name, k) => [`${featureStem}_${k}`, name] as const), ...reference.slice(0, 1).map((name) => [featureStem, name] as const)]);
