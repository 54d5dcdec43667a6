import { DomainError } from "#core/errors.ts";

/** Lambda's buffered payload limit: what is larger goes to an upload URL. */
const maxUploadBytes = 6_291_456;

/** All of a body in one piece. @throws DomainError when it is larger than a function can take */
export async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxUploadBytes)
      throw new DomainError("REQUEST_TOO_LARGE", `a direct upload has at most ${maxUploadBytes} bytes: ask for an upload URL instead`);
    chunks.push(chunk);
  }
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
