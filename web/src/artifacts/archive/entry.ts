/** A file or folder in an archive. Its name is what the archive says: nothing is ever written by it. */
export interface ArchiveEntry {
  readonly name: string;
  readonly bytes: number;
  /** As stored; undefined where the archive is packed as a whole. */
  readonly packed: number | undefined;
  readonly modified: string;
}
export interface ArchiveListing {
  readonly entries: readonly ArchiveEntry[];
  /** Why there may be more than is listed; undefined where this is all. */
  readonly cut: string | undefined;
}
/** As many as a page can hold. */
export const mostEntries = 5000;
