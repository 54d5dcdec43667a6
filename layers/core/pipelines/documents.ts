/** A document that changes, with the revision it was read at. */
export interface Revised<T> {
  readonly document: T;
  readonly revision: number;
}

export interface Page<T> {
  readonly documents: readonly T[];
  readonly nextPageToken?: string;
}

/** Documents of one kind that are found by id and listed by the time they began, the newest first. */
export interface DocumentStore<T> {
  /** @returns false, and changes nothing, where the id is taken */
  insert(document: T): Promise<boolean>;
  find(id: string): Promise<Revised<T> | undefined>;
  /** @returns false, and changes nothing, where somebody else changed it since `revision` */
  replace(document: T, revision: number): Promise<boolean>;
  /** @param group only documents of this group, where the kind has groups */
  list(limit: number, pageToken?: string, group?: string): Promise<Page<T>>;
}

/**
 * Changes a document under optimistic concurrency, trying again on what somebody else wrote meanwhile.
 * @param change returns the new document, or the same one when there is nothing to change; may throw a refusal
 * @returns the document as it is kept now; undefined where there is none
 */
export async function amend<T>(store: DocumentStore<T>, id: string, change: (document: T) => T): Promise<T | undefined> {
  for (;;) {
    const found = await store.find(id);
    if (!found) return undefined;
    const changed = change(found.document);
    if (changed === found.document || (await store.replace(changed, found.revision))) return changed;
  }
}
