import * as z from "zod";
import { content, defineContract } from "../route.ts";

const none = z.object({});

/** The version of MLflow whose wire this is. */
export const mlflowVersion = "3.17.2";

/** What MLflow's client asks a server about itself. */
export const serverContract = defineContract({
  name: "mlflow-server",
  surface: "mlflow",
  summary: "Health, version and abilities of the tracking server.",
  routes: {
    health: { method: "GET", path: "/health", summary: "OK while the server answers.", request: none, response: content, errors: [], open: true },
    version: { method: "GET", path: "/version", summary: "The version of MLflow that is spoken.", request: none, response: content, errors: [], open: true },
    serverInfo: {
      method: "GET",
      path: "/api/3.0/mlflow/server-info",
      summary: "What the server can do beyond the basics.",
      request: none,
      response: z.object({
        store_type: z.string(),
        workspaces_enabled: z.boolean(),
        trace_archival_enabled: z.boolean(),
        multipart_uploads_enabled: z.boolean(),
        multipart_downloads_enabled: z.boolean(),
        presigned_upload_run_id_supported: z.boolean(),
        presigned_upload_model_id_supported: z.boolean(),
        features_enabled: z.object({ gateway: z.boolean() }),
      }),
      errors: [],
      open: true,
    },
  },
});
