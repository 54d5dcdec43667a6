/** A process with nothing but what Lambda gives: loads the bundles that its parent names, and tells the type of each handler, or why there is none. */
import { pathToFileURL } from "node:url";

interface Bundle {
  readonly name: string;
  readonly file: string;
}

async function handlerOf({ file }: Bundle): Promise<string> {
  try {
    const module = (await import(pathToFileURL(file).href)) as { handler?: unknown; default?: { handler?: unknown } };
    return typeof (module.handler ?? module.default?.handler);
  } catch (error) {
    return String(error);
  }
}

process.once("message", (bundles: readonly Bundle[]) => {
  void (async () => {
    const found: Record<string, string> = {};
    for (const bundle of bundles) found[bundle.name] = await handlerOf(bundle);
    process.send?.(found, () => process.exit(0));
  })();
});
