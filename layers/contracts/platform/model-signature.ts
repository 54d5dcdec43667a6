import * as z from "zod";

/** Element types by their names in the Open Inference Protocol (V2), section "Tensor Data Types". */
export const datatypes = ["BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "FP32", "FP64", "BYTES"] as const;

/** A tensor that a model takes or gives. */
export const TensorSignature = z
  .object({
    name: z.string().min(1),
    datatype: z.enum(datatypes),
    shape: z.array(z.int().min(-1)).describe("Row-major; -1 is a dimension of any size, which the first one, the rows, always is."),
    columns: z.array(z.string()).optional().describe("What each column of a two-dimensional tensor holds, in order."),
  })
  .meta({ id: "TensorSignature", description: "Name, element type and shape of a tensor." });

/**
 * What a model takes and gives, and what its columns mean. A model of numeric features only takes one input FP32 [-1, features]
 * whose `columns` are the feature names; a model with text features takes one input [-1] for each feature, of that name.
 */
export const ModelSignature = z
  .object({
    inputs: z.array(TensorSignature).min(1),
    outputs: z.array(TensorSignature).min(1),
    featureNames: z.array(z.string()).min(1).describe("Columns of the training data that the model reads, in its order."),
    target: z.string().describe("Column of the training data that the model predicts."),
    problem: z.enum(["classification", "regression"]),
    labels: z
      .union([z.array(z.string()), z.array(z.int())])
      .optional()
      .describe("Classification: the classes in the order of the columns of `probabilities`."),
  })
  .meta({ id: "ModelSignature", description: "Inputs and outputs of a model, with the meaning of their columns." });

export type TensorSignature = z.output<typeof TensorSignature>;
export type ModelSignature = z.output<typeof ModelSignature>;
