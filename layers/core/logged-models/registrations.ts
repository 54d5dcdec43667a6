import type { RecordState } from "#core/tracking/record.ts";

/** A version that was registered from a logged model. */
export interface Registration {
  readonly name: string;
  readonly version: number;
}

/** Where MLflow's clients look for the versions of a logged model, and write them. */
const registrationsTag = "mlflow.modelVersions";
const prefix = "registered/";

/** The link that stands for a registration. Links are only ever added, so that none is lost to another. */
export const registrationLink = ({ name, version }: Registration): string => `${prefix}${version}/${name}`;

const entryOf = ({ name, version }: Registration) => ({ name, version: String(version) });
function linked({ links }: Pick<RecordState, "links">): Registration[] {
  const keys = [...links.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  const found = keys.map((key) => ({ version: Number(key.slice(0, key.indexOf("/"))), name: key.slice(key.indexOf("/") + 1) }));
  return found.toSorted((a, b) => (a.name === b.name ? a.version - b.version : a.name < b.name ? -1 : 1));
}

/** The versions that the tag lists; what it cannot mean counts as none. */
function listedIn(tag: string | undefined): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(tag ?? "[]");
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

const isSame = (known: unknown, registration: Registration) => JSON.stringify(known) === JSON.stringify(entryOf(registration));

export const isListed = (tags: ReadonlyMap<string, string>, registration: Registration): boolean =>
  listedIn(tags.get(registrationsTag)).some((known) => isSame(known, registration));

/** A model's tags, where the versions that were noted are listed beside those that clients wrote. */
export function tagsOf(state: Pick<RecordState, "tags" | "links">): ReadonlyMap<string, string> {
  const missing = linked(state).filter((registration) => !isListed(state.tags, registration));
  if (missing.length === 0) return state.tags;
  return new Map([...state.tags, [registrationsTag, JSON.stringify([...listedIn(state.tags.get(registrationsTag)), ...missing.map(entryOf)])]]);
}
