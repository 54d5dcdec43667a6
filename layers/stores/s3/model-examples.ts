import { modelFileAddress } from "./model-files.ts";
import type { Objects } from "./objects.ts";

/** MLflow's files beside a model (mlflow/models/utils.py): as a scoring request, and as pandas or numpy wrote it. */
const names = ["serving_input_example.json", "input_example.json"] as const;
/** A longer one is no example to look at. */
const mostBytes = 1024 * 1024;

/** pandas' `split` orientation stands in a request under a name of its own. */
function asRequest(document: unknown): unknown {
  const isSplit = typeof document === "object" && document !== null && "columns" in document && "data" in document;
  return isSplit ? { dataframe_split: document } : document;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return asRequest(JSON.parse(Buffer.from(bytes).toString("utf8")));
  } catch {
    return undefined;
  }
}

/** Reads the input example that was logged beside a model. Somebody else wrote it: what cannot be read is no example. */
export const modelExamples =
  (objects: Pick<Objects, "get" | "size">) =>
  async (modelUri: string): Promise<unknown> => {
    const { bucket, key } = modelFileAddress(modelUri);
    for (const name of names) {
      const address = { bucket, key: key.replace(/[^/]*$/, name) };
      const size = await objects.size(address);
      const bytes = size !== undefined && size <= mostBytes ? await objects.get(address) : undefined;
      const document = bytes && parsed(bytes);
      if (document !== undefined) return document;
    }
    return undefined;
  };
