import { address, mlflow } from "../address.ts";
import type { Version } from "./wire.ts";

/** The version that serves, by the platform's convention. */
export const champion = "champion";
/** Tags that the platform sets itself; what they say is shown as facts. */
export const isOwnTag = (key: string): boolean => key.startsWith("capstan.");

export const tagOf = ({ tags }: Pick<Version, "tags">, key: string): string | undefined => tags?.find((one) => one.key === key)?.value;

export const versionPage = (name: string, version: string, query: Readonly<Record<string, string>> = {}): string =>
  address(["models", name, "versions", version], query);

/** Endpoints with a variant of a model. */
export const servingPath = (modelName: string): string => address(["capstan", "v1", "endpoints"], { modelName, pageSize: 1000 });

/** MLflow's filter strings have two kinds of quotes and no escape. */
export const quoted = (text: string) => (text.includes("'") ? `"${text}"` : `'${text}'`);
export const versionsPath = (model: string): string => mlflow("model-versions/search", { filter: `name=${quoted(model)}`, max_results: 1000 });

/** Where one of a version's own files is read. */
export const filePath = (name: string, version: string, path: string): string => address(["model-versions", "get-artifact"], { name, version, path });
