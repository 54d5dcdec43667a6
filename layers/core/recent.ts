/** Keeps what was used last, up to a total weight: a cache that cannot grow without bound in a warm process. */
export interface Recent<V> {
  get(key: string): V | undefined;
  put(key: string, value: V, weight: number): void;
  drop(key: string): void;
}

export function recent<V>(limit: number): Recent<V> {
  const entries = new Map<string, { readonly value: V; readonly weight: number }>();
  let total = 0;
  const drop = (key: string) => {
    total -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  };
  return {
    drop,
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    put(key, value, weight) {
      drop(key);
      if (weight > limit) return;
      entries.set(key, { value, weight });
      total += weight;
      for (const oldest of entries.keys()) {
        if (total <= limit) return;
        drop(oldest);
      }
    },
  };
}
