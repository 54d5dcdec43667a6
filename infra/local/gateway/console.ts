import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { extname, join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import { securityHeaders } from "../../console-headers.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".woff2": "font/woff2",
  ".png": "image/png",
};

/** Below these an address that does not exist is no page, as CloudFront sends them to the API and to the files. */
const notPages = /^\/(?:assets|api|ajax-api|capstan|v2)\//;

/** Whether a path without a file is a page: any without a dot, and one with a dot, as a model's name may have, where a browser goes to it. The rule of consolePaths, for CloudFront. */
const isPage = (path: string, accept: string) => !notPages.test(path) && (!path.includes(".") || accept.includes("text/html"));

/** The console's files, as CloudFront serves them from the bucket: hashed assets for ever, the page fresh, every page address the same document. */
export interface Console {
  /** @param accept the request's `Accept`. @returns false when the path is not the console's to answer */
  serve(path: string, accept: string, response: ServerResponse): Promise<boolean>;
}

interface Files {
  readonly paths: ReadonlySet<string>;
  /** When the page was written; a build writes it anew. */
  readonly builtAt: number | undefined;
  readonly listedAt: number;
}

const builtAt = async (folder: string) => (await stat(join(folder, "index.html")).catch(() => undefined))?.mtimeMs;

async function list(folder: string): Promise<Files> {
  const [built, files] = [await builtAt(folder), await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])];
  const pathOf = (parent: string, name: string) => `/${relative(folder, join(parent, name)).replaceAll("\\", "/")}`;
  return { paths: new Set(files.filter((file) => file.isFile()).map((file) => pathOf(file.parentPath, file.name))), builtAt: built, listedAt: Date.now() };
}

/** A file that is not known may have been written a moment after its page; who asks for what is not there reads the folder no more often. */
const rereadMs = 1000;

/** @param folder the built console; its files are listed, and listed anew after a build, so that no path of a request ever reaches the file system */
export async function consoleIn(folder: string): Promise<Console> {
  let files = await list(folder);
  const fileAt = (path: string, accept: string) => (files.paths.has(path) || !isPage(path, accept) ? path : "/index.html");
  return {
    async serve(path, accept, response) {
      const isFromApi = notPages.test(path) && !path.startsWith("/assets/");
      if (isFromApi) return false;
      const isUnknown = !files.paths.has(fileAt(path, accept));
      if (isUnknown ? Date.now() - files.listedAt > rereadMs : (await builtAt(folder)) !== files.builtAt) files = await list(folder);
      const file = fileAt(path, accept);
      if (!files.paths.has(file)) return false;
      const cache = file.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
      response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream", "cache-control": cache, ...securityHeaders });
      await pipeline(createReadStream(join(folder, file)), response);
      return true;
    },
  };
}
