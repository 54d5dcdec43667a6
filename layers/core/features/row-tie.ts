/** One FNV-1a pass over UTF-16 code units (Fowler, Noll and Vo; 32-bit prime 16777619). */
function fnv1a(text: string, basis: number): string {
  let hash = basis;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16_777_619);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/**
 * Decides between rows of one key that claim the same event and creation time: the greater wins, online, in the history and in every batch.
 * 16 hex digits that depend on the values alone, so that the order of arrival does not matter.
 */
export const rowTie = (packed: string) => fnv1a(packed, 0x811c9dc5) + fnv1a(packed, 0x01000193);
