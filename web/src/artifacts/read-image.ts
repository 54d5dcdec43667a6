import { readBytes } from "./read-file.ts";

/** The type that a picture may claim to be: what is drawn as an image runs nothing, an SVG neither. */
const typeOf = (path: string) => (/\.svg$/i.test(path) ? "image/svg+xml" : "");

export const readImage = async (path: string, file: string, size: number, signal: AbortSignal): Promise<Blob> =>
  new Blob([await readBytes(file, size, signal)], { type: typeOf(path) });
