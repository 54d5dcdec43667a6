import { createHash } from "node:crypto";
import type { HostingSettings } from "#core/serving/sagemaker-hosting.ts";

/** From the variables that a deployment with SageMaker sets; undefined where it set no role. */
export function hostingSettings(variable: (name: string) => string | undefined, dataBucket: string): HostingSettings | undefined {
  const modelRoleArn = variable("SAGEMAKER_MODEL_ROLE_ARN") ?? "";
  if (modelRoleArn === "") return undefined;
  return {
    modelRoleArn,
    namePrefix: variable("SAGEMAKER_NAME_PREFIX") ?? "capstan",
    image: variable("INFERENCE_IMAGE") || undefined,
    dataBucket,
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
  };
}
