import type { DocumentStore } from "#core/pipelines/documents.ts";

interface Kind<T> {
  readonly id: (document: T) => string;
  readonly at: (document: T) => number;
  readonly groups?: (document: T) => readonly string[];
}

/** The document store's promise, in memory. Documents are copied in and out, as a table would. */
export function memoryDocuments<T>({ id, at, groups }: Kind<T>): DocumentStore<T> {
  const kept = new Map<string, { readonly document: T; readonly revision: number }>();
  const write = (document: T, revision: number) => {
    kept.set(id(document), { document: structuredClone(document), revision });
    return true;
  };
  return {
    insert: async (document) => !kept.has(id(document)) && write(document, 1),
    find: async (of) => structuredClone(kept.get(of)),
    replace: async (document, revision) => kept.get(id(document))?.revision === revision && write(document, revision + 1),
    async list(limit, pageToken = "0", of) {
      const all = [...kept.values()].map(({ document }) => document).filter((document) => of === undefined || groups?.(document).includes(of));
      const sorted = all.toSorted((a, b) => at(b) - at(a));
      const next = Number(pageToken) + limit;
      return { documents: structuredClone(sorted.slice(Number(pageToken), next)), ...(next < sorted.length && { nextPageToken: String(next) }) };
    },
  };
}
