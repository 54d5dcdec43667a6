import { type Endpoint, endpointName } from "#contracts/platform/endpoint.ts";
import { DependencyError, doesNotExist } from "#core/errors.ts";
import type { EndpointSource } from "#core/serving/endpoint-source.ts";
import type { LastKnown } from "./last-known.ts";

export interface DirectoryOptions {
  readonly source: EndpointSource;
  readonly disk: LastKnown;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Age at which an endpoint is looked up again, in the background. */
  readonly refreshMs: number;
  /** Age at which a request waits for that: for servers that sleep between requests. @default 30 times refreshMs */
  readonly maxStaleMs?: number;
  /** Longest wait for the source. @default 2000 */
  readonly timeoutMs?: number;
  /** Called with what will be served from now on, before it is: the time to load models. May not throw. */
  readonly prepare?: (endpoint: Endpoint) => Promise<void>;
}

export interface EndpointDirectory {
  /** At once where the endpoint is known, however old: a prediction waits for no table. @throws DomainError when there is none, DependencyError when that cannot be found out */
  find(name: string): Endpoint | Promise<Endpoint>;
  /** The endpoints in memory. */
  known(): Endpoint[];
}

interface Entry {
  endpoint: Endpoint | undefined;
  checkedAt: number;
  refreshing: Promise<void> | undefined;
  /** The source failed when last asked. */
  failed: boolean;
}

/** Names beyond this many are forgotten, those without an endpoint first, so that a flood of wrong names takes no memory and drops no one. */
const maxEntries = 512;

const absent = (name: string) => doesNotExist(`endpoint ${name.slice(0, 100)} not found`);

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DependencyError(`endpoint lookup took more than ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

const sameRevocations = (before: Endpoint, after: Endpoint) =>
  before.variants.every(({ name, revoked }) => revoked !== undefined || !after.variants.some((variant) => variant.name === name && variant.revoked));

/** Endpoints by name, kept in memory and on disk, refreshed behind the requests that use them. */
export function endpointDirectory(options: DirectoryOptions): EndpointDirectory {
  const { source, disk, now, refreshMs, maxStaleMs = 30 * refreshMs, timeoutMs = 2_000, prepare = async () => {} } = options;
  const entries = new Map<string, Entry>();

  async function accept(name: string, entry: Entry, endpoint: Endpoint | undefined): Promise<void> {
    const before = entry.endpoint;
    if (!endpoint) {
      entry.endpoint = undefined;
      if (before) await disk.forget(name);
      return;
    }
    if (before?.revision === endpoint.revision && before.createdAt === endpoint.createdAt) return;
    // A revocation holds at once; anything else once the models that it needs are loaded.
    if (before && !sameRevocations(before, endpoint)) entry.endpoint = endpoint;
    await Promise.all([disk.write(endpoint), prepare(endpoint)]);
    entry.endpoint = endpoint;
  }

  async function look(name: string, entry: Entry): Promise<void> {
    try {
      await accept(name, entry, await within(timeoutMs, source.find(name)));
      entry.failed = false;
    } catch (error) {
      entry.failed = true;
      throw error;
    } finally {
      entry.checkedAt = now();
      entry.refreshing = undefined;
    }
  }

  const refresh = (name: string, entry: Entry): Promise<void> => (entry.refreshing ??= look(name, entry));

  function makeRoom(newest: string): void {
    const others = [...entries].filter(([name]) => name !== newest);
    const [victim] = others.find(([, { endpoint, refreshing }]) => !endpoint && !refreshing) ?? others[0] ?? [];
    if (victim !== undefined) entries.delete(victim);
  }

  async function findFirst(name: string): Promise<Endpoint> {
    if (!endpointName.safeParse(name).success) throw absent(name);
    const entry: Entry = { endpoint: undefined, checkedAt: now(), refreshing: undefined, failed: false };
    entries.set(name, entry);
    if (entries.size > maxEntries) makeRoom(name);
    try {
      await refresh(name, entry);
    } catch (error) {
      const remembered = await disk.read(name);
      if (!remembered) {
        entries.delete(name);
        throw error;
      }
      await prepare(remembered);
      entry.endpoint ??= remembered;
    }
    if (!entry.endpoint) throw absent(name);
    return entry.endpoint;
  }

  async function waitFor(name: string, entry: Entry): Promise<Endpoint> {
    // A source that cannot be asked leaves what is known in force.
    await refresh(name, entry).catch(() => {});
    if (!entry.endpoint) throw absent(name);
    return entry.endpoint;
  }

  return {
    find(name) {
      const entry = entries.get(name);
      if (!entry) return findFirst(name);
      const age = now() - entry.checkedAt;
      if (!entry.endpoint) {
        if (entry.refreshing || age > refreshMs) return waitFor(name, entry);
        throw absent(name);
      }
      if (age <= refreshMs) return entry.endpoint;
      if (age > maxStaleMs && !entry.failed) return waitFor(name, entry);
      refresh(name, entry).catch(() => {});
      return entry.endpoint;
    },
    known: () => [...entries.values()].flatMap(({ endpoint }) => endpoint ?? []),
  };
}
