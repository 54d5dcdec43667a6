import type { DatabaseSync } from "node:sqlite";
import * as z from "zod";
import type { Segment } from "./blobs.ts";

const stored = z.array(z.tuple([z.string(), z.number(), z.number()]));

/** Segments as one column: `[[blob, offset, length], ...]`. */
export const segmentsText = (segments: readonly Segment[]): string => JSON.stringify(segments.map(({ blob, offset, length }) => [blob, offset, length]));
export const segmentsOf = (text: string): Segment[] => stored.parse(JSON.parse(text)).map(([blob, offset, length]) => ({ blob, offset, length }));

/** How many rows name each blob. A blob that no row names any more is garbage. */
export function blobUses(database: DatabaseSync) {
  const take = database.prepare("INSERT INTO blob (id, uses) VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET uses = uses + 1");
  const give = database.prepare("UPDATE blob SET uses = uses - 1 WHERE id = ?");
  const drop = database.prepare("DELETE FROM blob WHERE id = ? AND uses <= 0");
  const named = database.prepare("SELECT 1 FROM blob WHERE id = ?");
  return {
    isNamed: (blob: string): boolean => named.get(blob) !== undefined,
    retain(segments: readonly Segment[]): void {
      for (const blob of new Set(segments.map((segment) => segment.blob))) take.run(blob);
    },
    /** @returns the blobs that are garbage now, once the transaction is committed */
    release(segments: readonly Segment[]): string[] {
      const blobs = [...new Set(segments.map((segment) => segment.blob))];
      return blobs.filter((blob) => {
        give.run(blob);
        return drop.run(blob).changes === 1;
      });
    },
  };
}
