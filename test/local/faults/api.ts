import { parseJson } from "#runtime/exact-json.ts";
import { json, send } from "#test/local/gateway/send.ts";

/** The platform was gone before it answered: what was asked for may have been done, or not. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** Speaks to the platform at whatever address it has now. */
export interface Api {
  /** @throws NoAnswer @throws Error for anything but 200 */
  // biome-ignore lint/suspicious/noExplicitAny: each reply has its own shape
  call(method: string, path: string, fields?: object): Promise<any>;
  put(path: string, body: string): Promise<void>;
  /** What is there; undefined where nothing is. */
  text(path: string): Promise<string | undefined>;
}

export function apiOf(url: () => string): Api {
  const ask = async (method: string, path: string, headers: Readonly<Record<string, string>>, body?: string) => {
    try {
      return await send(url(), { method, path, headers, ...(body !== undefined && { body }) });
    } catch (cause) {
      throw new NoAnswer(`${method} ${path}`, { cause });
    }
  };
  const accepted = ({ status, text }: { readonly status: number; readonly text: string }, what: string) => {
    if (status !== 200) throw new Error(`${what} answers ${status}: ${text}`);
    return text;
  };
  return {
    call: async (method, path, fields) =>
      parseJson(accepted(await ask(method, path, fields === undefined ? {} : json, fields && JSON.stringify(fields)), `${method} ${path}`)),
    put: async (path, body) => void accepted(await ask("PUT", path, {}, body), `PUT ${path}`),
    text: async (path) => {
      const answer = await ask("GET", path, {});
      return answer.status === 404 ? undefined : accepted(answer, `GET ${path}`);
    },
  };
}
