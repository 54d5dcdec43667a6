import type { Content } from "#contracts/route.ts";
import type { Opened } from "./artifacts.ts";

/** What browsers can show; all else is bytes. */
const types: Readonly<Record<string, string>> = {
  csv: "text/csv",
  gif: "image/gif",
  html: "text/html",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  json: "application/json",
  md: "text/plain",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain",
  webp: "image/webp",
  yaml: "text/plain",
  yml: "text/plain",
};
const plain = /^(MLmodel|.*\.(?:log|py|js|ts|cfg|conf|ini|toml|tsv|sh|env))$/;

export function contentTypeOf(name: string): string {
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  const known = Object.hasOwn(types, extension) ? types[extension] : undefined;
  return known ?? (plain.test(name) ? "text/plain" : "application/octet-stream");
}

/** A name as RFC 6266 writes it: plain for old clients, and exactly. */
function disposition(name: string): string {
  const exact = encodeURIComponent(name).replaceAll(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${name.replaceAll(/[^\x20-\x7e]|["\\]/g, "_")}"; filename*=UTF-8''${exact}`;
}

/**
 * A file as a reply that no browser runs: an attachment whose type is not guessed from its bytes. Too large a file is a redirect
 * (307) to where it can be read.
 */
export function artifactReply(opened: Opened, path: string): Content {
  if (opened.kind === "elsewhere") return { status: 307, headers: { location: opened.url, "cache-control": "no-store" }, body: "" };
  const { body, bytes, etag, contentRange } = opened.artifact;
  const name = path.slice(path.lastIndexOf("/") + 1);
  return {
    status: contentRange === undefined ? 200 : 206,
    headers: {
      "content-type": contentTypeOf(name),
      "content-length": String(bytes),
      "content-disposition": disposition(name),
      "x-content-type-options": "nosniff",
      "accept-ranges": "bytes",
      etag,
      ...(contentRange !== undefined && { "content-range": contentRange }),
    },
    body,
  };
}
