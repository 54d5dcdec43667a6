/**
 * Ids of runs and logged models: 8 hex digits of experiment, 2 of shard, 22 random. The id alone says where the record is kept,
 * so that reading or writing it needs no look-up.
 */
export interface IdParts {
  readonly experimentId: string;
  readonly shard: number;
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");

/** @param random at least 22 hex digits */
export const recordId = ({ experimentId, shard }: IdParts, random: string): string => `${hex(Number(experimentId), 8)}${hex(shard, 2)}${random.slice(-22)}`;

/** Where a record with this id would be; undefined for an id that we cannot have made. */
export function idParts(id: string): IdParts | undefined {
  if (!/^[0-9a-f]{32}$/.test(id)) return undefined;
  return { experimentId: String(Number.parseInt(id.slice(0, 8), 16)), shard: Number.parseInt(id.slice(8, 10), 16) };
}
