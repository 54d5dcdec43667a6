import * as z from "zod";
import { content, defineContract } from "../route.ts";

/** Bodies are CSV, or JSON in any of MLflow's scoring forms; replies are JSON, or CSV where `Accept` asks for it. */
export const invocationContract = defineContract({
  name: "invocations",
  surface: "sagemaker",
  summary: "SageMaker: the hosting contract of containers (/ping, /invocations) and the runtime's InvokeEndpoint. MLflow's scoring forms are read on both.",
  routes: {
    ping: {
      method: "GET",
      path: "/ping",
      summary: "200 when the container can answer.",
      request: z.object({}),
      response: content,
      errors: ["TEMPORARILY_UNAVAILABLE"],
      open: true,
    },
    invocations: {
      method: "POST",
      path: "/invocations",
      summary: "Predict with the container's model, or with the endpoint that the header X-Capstan-Endpoint names.",
      body: "content",
      request: z.object({}),
      response: content,
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST", "REQUEST_TOO_LARGE"],
    },
    invokeEndpoint: {
      method: "POST",
      path: "/endpoints/{EndpointName}/invocations",
      summary: "InvokeEndpoint. X-Amzn-SageMaker-Target-Variant chooses a variant; x-Amzn-Invoked-Production-Variant names the one that answered.",
      body: "content",
      request: z.object({ EndpointName: z.string() }),
      response: content,
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST", "REQUEST_TOO_LARGE"],
    },
  },
});
