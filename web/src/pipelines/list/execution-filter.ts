/** What executions are filtered by: the name in the address, of the platform's own field, and for people. */
export const filterFields = [
  { key: "pipeline", field: "pipeline", label: "Pipeline", group: "Pipelines" },
  { key: "status", field: "status", label: "State", group: "States" },
  { key: "by", field: "startedBy", label: "Started by", group: "Who started them" },
  { key: "model", field: "registeredModel", label: "Model", group: "Models" },
  { key: "since", field: "since", label: "Since", group: "Times" },
] as const;
export type FilterKey = (typeof filterFields)[number]["key"];
export type ExecutionFilter = Readonly<Partial<Record<FilterKey, string>>>;

const statuses = ["running", "succeeded", "rejected", "failed", "stopped"];
const minute = 60_000;
/** Spans that one may ask for, in minutes. */
export const spans: Readonly<Record<string, number>> = { "1 hour": 60, "1 day": 1440, "7 days": 10_080, "30 days": 43_200 };

/** The query fields of the filter; a span becomes a time, whole minutes so that the same question is not asked anew each second. Undefined where a value cannot be asked for. */
export function askedOf(filter: ExecutionFilter, now: number): Readonly<Record<string, string | number>> | undefined {
  const { since, status } = filter;
  if (status !== undefined && !statuses.includes(status)) return undefined;
  const from = since === undefined ? undefined : (sinceOf(since, now) ?? Number.NaN);
  if (Number.isNaN(from)) return undefined;
  const plain = filterFields.flatMap(({ key, field }) => (key === "since" || filter[key] === undefined ? [] : [[field, filter[key]] as const]));
  return { ...Object.fromEntries(plain), ...(from !== undefined && { since: from }) };
}

function sinceOf(since: string, now: number): number | undefined {
  const minutes = spans[since];
  if (minutes !== undefined) return Math.floor(now / minute - minutes) * minute;
  const at = /^\d{4}-\d\d-\d\d/.test(since) ? Date.parse(since) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** Values to choose from: what the platform knows beforehand, and what was seen in the list. */
export function choicesOf(
  seen: Readonly<Partial<Record<FilterKey, readonly (string | undefined)[]>>>,
): { readonly propertyKey: FilterKey; readonly value: string }[] {
  const known: Readonly<Partial<Record<FilterKey, readonly string[]>>> = { status: statuses, since: Object.keys(spans) };
  return filterFields.flatMap(({ key }) => {
    const values = known[key] ?? [...new Set(seen[key])].filter((value) => value !== undefined).toSorted();
    return values.map((value) => ({ propertyKey: key, value }));
  });
}
