import { address } from "../../address.ts";
import { send } from "../../client.ts";
import type { Row } from "../example-row.ts";
import type { InferReply, PredictionReply } from "../wire.ts";

/** What was sent, what came back, and how long it took there and back. */
export interface Answered {
  readonly at: number;
  readonly request: object;
  readonly reply: object;
  readonly milliseconds: number;
  readonly variant: string;
  readonly modelVersion: string;
  readonly predictionId: string;
  /** One for each row, or the tensors that the model gave. */
  readonly predictions: readonly unknown[];
}

async function timed<T extends object>(request: object, ask: (request: object) => Promise<T>) {
  const start = performance.now();
  const reply = await ask(request);
  return { reply, milliseconds: performance.now() - start, at: Date.now(), request };
}

/** @param variant whom to ask; empty: whom the shares choose */
export async function predictRows(endpoint: string, rows: readonly Row[], variant: string): Promise<Answered> {
  const answer = await timed({ rows, ...(variant !== "" && { variant }) }, (request) => send<PredictionReply>("POST", address(["predict", endpoint]), request));
  const { predictions, modelVersion, predictionId } = answer.reply;
  return { ...answer, predictions, modelVersion, predictionId, variant: answer.reply.variant };
}

/** @param version whom to ask; undefined: whom the shares choose */
export async function inferTensors(endpoint: string, version: string | undefined, request: object): Promise<Answered> {
  const path = address(["v2", "models", endpoint, ...(version === undefined ? [] : ["versions", version]), "infer"]);
  const answer = await timed(request, (body) => send<InferReply>("POST", path, body));
  const { outputs, model_version: modelVersion, parameters = {} } = answer.reply;
  const said = (name: string) => (typeof parameters[name] === "string" ? parameters[name] : "-");
  return { ...answer, predictions: outputs, modelVersion, variant: said("variant"), predictionId: said("prediction_id") };
}
