import { offer } from "../parts/download.ts";
import { nameOf } from "./entry.ts";
import { readBytes } from "./read-file.ts";
import type { ArtifactSource } from "./source.ts";

/** A larger file is not gathered in the page's memory: the browser reads it from the store itself. */
const mostGathered = 64_000_000;

/** Saves a file of any size. */
export async function download(source: ArtifactSource, path: string, size: number): Promise<void> {
  if (size <= mostGathered) {
    offer(new Blob([await readBytes(source.file(path), size)]), nameOf(path));
    return;
  }
  Object.assign(document.createElement("a"), {
    href: await source.presigned(path),
    download: nameOf(path),
    target: "_blank",
    rel: "noopener noreferrer",
  }).click();
}
