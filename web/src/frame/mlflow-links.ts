import { address } from "../address.ts";

/** The addresses that MLflow's client prints after a run, and the pages here. Source: `mlflow/tracking/_tracking_service/client.py` and MLflow's own UI. */
const pages: readonly (readonly [pattern: RegExp, pageOf: (names: readonly string[]) => string])[] = [
  [/^#\/experiments\/([^/?]+)\/runs\/([^/?]+)/, ([, run = ""]) => address(["runs", run])],
  [/^#\/experiments\/([^/?]+)/, ([experiment = ""]) => address(["experiments", experiment])],
  [/^#\/models\/([^/?]+)/, ([model = ""]) => address(["models", model])],
];

/** The page that a link to MLflow's UI means; undefined for any other. @param hash as `location.hash` */
export function pageOfMlflowLink(hash: string): string | undefined {
  for (const [pattern, pageOf] of pages) {
    const found = pattern.exec(hash);
    if (found) return pageOf(found.slice(1).map(decodeURIComponent));
  }
  return undefined;
}
