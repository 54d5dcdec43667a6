/** What the form of a new endpoint holds, as it was typed. */
export interface NewEndpoint {
  readonly name: string;
  readonly description: string;
  readonly modelName: string;
  readonly modelVersion: string;
  readonly compute: "lambda" | "sagemaker";
  readonly instanceType: string;
  readonly instanceCount: string;
  readonly image: string;
  readonly isSticky: boolean;
  readonly capturePercent: string;
  readonly reason: string;
}

export const emptyEndpoint: NewEndpoint = {
  name: "",
  description: "",
  modelName: "",
  modelVersion: "",
  compute: "lambda",
  instanceType: "ml.m6i.large",
  instanceCount: "1",
  image: "",
  isSticky: false,
  capturePercent: "0",
  reason: "",
};

/** A text that is no number goes as it is: the platform says what is wrong with it. */
const numberOf = (text: string, scale = 1): number | string => (text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) / scale : text);

function computeOf({ compute, instanceType, instanceCount, image }: NewEndpoint) {
  if (compute === "lambda") return { kind: "lambda" };
  return { kind: "sagemaker", instanceType: instanceType.trim(), instanceCount: numberOf(instanceCount), ...(image.trim() !== "" && { image: image.trim() }) };
}

/** The request that creates it. Revision 0: an endpoint of this name that is there already is never changed by accident. */
export const bodyOf = (form: NewEndpoint) => ({
  description: form.description.trim(),
  variants: [{ name: "main", modelName: form.modelName, modelVersion: form.modelVersion, weight: 1 }],
  assignment: { mode: form.isSticky ? "sticky" : "random" },
  captureRate: numberOf(form.capturePercent, 100),
  compute: computeOf(form),
  reason: form.reason.trim(),
  expectedRevision: 0,
});

/** The field of the form that a refusal speaks of. */
export const refusedField = (message: string): string | undefined =>
  ["name", "variants", "compute", "captureRate", "assignment"].find((field) => new RegExp(`^${field}\\b`).test(message));
