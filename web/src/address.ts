/** Dots too: what serves the console takes a path with a dot for a file. */
const escaped = (segment: string) => encodeURIComponent(segment).replaceAll(".", "%2E");

/** A path of MLflow's REST API with its query fields. */
export const mlflow = (operation: string, query: Readonly<Record<string, string | number | undefined>>): string =>
  `/api/2.0/mlflow/${operation}${address([], query).slice(1)}`;

/** A path with its names escaped and the query fields that have a value. */
export function address(segments: readonly string[], query: Readonly<Record<string, string | number | undefined>> = {}): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] => (value === undefined || value === "" ? [] : [[name, String(value)]]));
  const search = new URLSearchParams(given).toString();
  return `/${segments.map(escaped).join("/")}${search === "" ? "" : `?${search}`}`;
}
