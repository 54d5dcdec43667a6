import type { Kind } from "./registry-store.ts";

/** The tag by which MLflow's client marks a registered model, and a version, as a prompt. */
export const promptTag = "mlflow.prompt.is_prompt";
/** What a prompt's version may give as its source: the text is in a tag. */
export const promptSources = ["dummy-source", "prompt-template"];

export const kindOf = ({ tags }: { readonly tags: ReadonlyMap<string, string> }): Kind => (tags.get(promptTag)?.toLowerCase() === "true" ? "prompt" : "model");
