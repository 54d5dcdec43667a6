/** Columns of what every run has, by MLflow's names; `duration` is ours. */
export const attributeColumns = [
  "attributes.status",
  "attributes.start_time",
  "attributes.duration",
  "attributes.end_time",
  "attributes.user_id",
  "attributes.run_id",
] as const;
export const nameColumn = "attributes.run_name";
export const usualAttributes: readonly string[] = attributeColumns.slice(0, 3);

const attributeTitles: Readonly<Record<string, string>> = {
  "attributes.run_name": "Run",
  "attributes.status": "State",
  "attributes.start_time": "Started",
  "attributes.duration": "Took",
  "attributes.end_time": "Ended",
  "attributes.user_id": "User",
  "attributes.run_id": "Run id",
};

export const isAttribute = (column: string): boolean => column.startsWith("attributes.");
export const isMetric = (column: string): boolean => column.startsWith("metrics.");
export const isPattern = (column: string): boolean => column.includes("*");
/** `val/loss` of `metrics.val/loss`. */
export const keyOf = (column: string): string => column.slice(column.indexOf(".") + 1);
export const titleOf = (column: string): string => attributeTitles[column] ?? keyOf(column);

/** As filter strings and orders name it: ``metrics.`val/loss` ``. */
export const inFilter = (column: string): string => (isAttribute(column) ? column : `${column.slice(0, column.indexOf("."))}.\`${keyOf(column)}\``);

const low = /(^|[^a-z])(loss|error|err|mae|mse|rmse|mape|perplexity|latency|duration|time|cost)([^a-z]|$)/i;
const high = /(^|[^a-z])(acc|accuracy|auc|auroc|f1|precision|recall|r2|score|ndcg|map|iou|dice|bleu|rouge|reward)([^a-z]|$)/i;
/** Whether a metric of this name is usually better when it is lower or higher; neither when the name does not say. */
export const usualBest = (column: string): "min" | "max" | "none" =>
  !isMetric(column) ? "none" : low.test(keyOf(column)) ? "min" : high.test(keyOf(column)) ? "max" : "none";
