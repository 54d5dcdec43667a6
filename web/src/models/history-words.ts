import type { RegistryEvent } from "./wire.ts";

/** A sentence in pieces: text, and versions by number, which lead to their pages. */
export type Piece = string | number;

const quoted = (text: string) => `\u201c${text}\u201d`;
const ofVersion = (version: number | undefined): readonly Piece[] => (version === undefined ? [" of the model"] : [" of ", version]);

function aliasPieces(alias: string, from: number | undefined, to: number | undefined): readonly Piece[] {
  if (to === undefined) return [`Alias ${alias} removed`, ...(from === undefined ? [] : [" from ", from])];
  return from === undefined ? [`Alias ${alias} set on `, to] : [`Alias ${alias} moved from `, from, " to ", to];
}

function tagPieces(key: string, version: number | undefined, from: string | undefined, to: string | undefined): readonly Piece[] {
  const change = to === undefined ? " removed" : from === undefined ? ` set to ${quoted(to)}` : ` changed from ${quoted(from)} to ${quoted(to)}`;
  return [`Tag ${quoted(key)}`, ...ofVersion(version), change];
}

/** What happened, in words. */
export function piecesOf(event: RegistryEvent): readonly Piece[] {
  switch (event.kind) {
    case "modelCreated":
      return ["Model created"];
    case "modelRenamed":
      return [`Model renamed from ${event.from} to ${event.to}`];
    case "registered":
      return [event.version, " registered"];
    case "versionDeleted":
      return [`Version ${event.version} deleted`];
    case "stageChanged":
      return [event.version, ` moved from stage ${event.from} to ${event.to}`];
    case "aliasMoved":
      return aliasPieces(event.alias, event.from, event.to);
    case "tagChanged":
      return tagPieces(event.key, event.version, event.from, event.to);
    default:
      return ["Description", ...ofVersion(event.version), " changed"];
  }
}

/** The same as plain text. */
export const textOf = (event: RegistryEvent): string => {
  const text = piecesOf(event)
    .map((piece) => (typeof piece === "number" ? `version ${piece}` : piece))
    .join("");
  return text.charAt(0).toUpperCase() + text.slice(1);
};
