/** A cell by row and column; row -1 is the header. */
export interface Place {
  readonly row: number;
  readonly column: number;
}
export interface Bounds {
  readonly rows: number;
  readonly columns: number;
  /** Rows that PageUp and PageDown go. */
  readonly page: number;
}

type Move = (at: Place, bounds: Bounds, isWhole: boolean) => Place;

const moves: Readonly<Record<string, Move>> = {
  ArrowUp: ({ row, column }, _bounds, isWhole) => ({ row: isWhole ? 0 : row - 1, column }),
  ArrowDown: ({ row, column }, { rows }, isWhole) => ({ row: isWhole ? rows - 1 : row + 1, column }),
  ArrowLeft: ({ row, column }, _bounds, isWhole) => ({ row, column: isWhole ? 0 : column - 1 }),
  ArrowRight: ({ row, column }, { columns }, isWhole) => ({ row, column: isWhole ? columns - 1 : column + 1 }),
  PageUp: ({ row, column }, { page }) => ({ row: Math.max(0, row - page), column }),
  PageDown: ({ row, column }, { page }) => ({ row: row + page, column }),
  Home: ({ row }, _bounds, isWhole) => ({ row: isWhole ? 0 : row, column: 0 }),
  End: ({ row }, { rows, columns }, isWhole) => ({ row: isWhole ? rows - 1 : row, column: columns - 1 }),
};

const within = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));

/** Where a key leads (WAI-ARIA's grid pattern); undefined for a key that does not move. @param isWhole Ctrl or Cmd is held */
export function moved(key: string, at: Place, bounds: Bounds, isWhole: boolean): Place | undefined {
  const move = Object.hasOwn(moves, key) ? moves[key] : undefined;
  if (!move) return undefined;
  const { row, column } = move(at, bounds, isWhole);
  return { row: within(row, -1, bounds.rows - 1), column: within(column, 0, Math.max(0, bounds.columns - 1)) };
}
