import * as z from "zod";
import { defineContract } from "../route.ts";

const cell = z.union([z.number(), z.string(), z.boolean(), z.null()]);

export const predictionContract = defineContract({
  name: "predictions",
  surface: "platform",
  summary: "Predictions from rows of named columns.",
  routes: {
    predict: {
      method: "POST",
      path: "/predict/{endpoint}",
      summary: "Predict for rows of named columns.",
      request: z.object({
        endpoint: z.string(),
        rows: z.array(z.record(z.string(), cell)).describe("One object per row, a value per column of the model's signature."),
        variant: z.string().optional().describe("Ask this variant rather than the one that the weights choose."),
      }),
      response: z.object({
        predictions: z.array(z.unknown()).describe("One per row: a value, or an object where the model has several outputs."),
        endpoint: z.string(),
        variant: z.string(),
        modelName: z.string(),
        modelVersion: z.string(),
        predictionId: z.string().describe("Ground truth is joined on it."),
      }),
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST", "REQUEST_TOO_LARGE"],
    },
    health: {
      method: "GET",
      path: "/health",
      summary: "Whether the inference server answers.",
      request: z.object({}),
      response: z.object({ status: z.literal("ok") }),
      errors: [],
      open: true,
    },
  },
});
