import type * as z from "zod";
import type { artifactListing } from "#contracts/mlflow/artifacts.ts";

export type Listing = z.input<typeof artifactListing>;
/** A file or folder in a listing; its path begins at the root of the run or model. */
export type Entry = NonNullable<Listing["files"]>[number];

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
