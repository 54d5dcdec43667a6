import type { FunctionSpec } from "#contracts/function-spec.ts";
import { ConfigError } from "#core/errors.ts";
import { type FunctionEnv, functionEnv } from "#runtime/function-env.ts";
import type { HttpHandler } from "#runtime/http.ts";
import type { Task } from "#runtime/task.ts";

interface HandlerModule {
  readonly create: (env: FunctionEnv) => HttpHandler | Task;
}

const load = async (spec: FunctionSpec): Promise<HttpHandler | Task> => {
  const module = (await import(new URL(`../../functions/${spec.name}/handler.ts`, import.meta.url).href)) as Partial<HandlerModule>;
  if (typeof module.create !== "function") throw new ConfigError(`functions/${spec.name}/handler.ts must export create`);
  return module.create(functionEnv(spec, process.env));
};

export type FunctionHost = ReturnType<typeof functionHost>;

/** The functions of this process, each made when first needed and then kept warm, as a Lambda environment is. */
export function functionHost(specs: readonly FunctionSpec[]) {
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const warm = new Map<string, Promise<HttpHandler | Task>>();
  const get = (name: string): Promise<HttpHandler | Task> => {
    const spec = byName.get(name);
    if (!spec) throw new ConfigError(`no function is named ${name}`);
    const known = warm.get(name) ?? load(spec);
    warm.set(name, known);
    return known;
  };
  return {
    http: (name: string) => get(name) as Promise<HttpHandler>,
    task: (name: string) => get(name) as Promise<Task>,
  };
}
