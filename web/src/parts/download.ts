import { request } from "../client.ts";

/** Hands a file to the browser under a name. */
export function offer(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}

/** Fetches a file with the reader's credentials and hands it to the browser under a name. */
export async function download(from: string, name: string): Promise<void> {
  offer(await (await request(from)).blob(), name);
}
