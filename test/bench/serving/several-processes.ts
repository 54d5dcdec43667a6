import { measureLoad } from "../load/measure-load.ts";
import type { Figure, Measurement } from "../measurement.ts";
import { bundleServer, startContainer, withModelFolder } from "./container.ts";
import { inferBody, models } from "./models.ts";

/** What a second process of one container is worth, for a model whose requests cost the load generator next to nothing. */
export async function severalProcesses(seconds: number): Promise<Measurement> {
  const server = await bundleServer();
  const measured = (processes: number): Promise<Figure> =>
    withModelFolder(models.heavy, async (folder) => {
      const { url, pid, stop } = await startContainer(server, folder, processes);
      const figure = await measureLoad({ url: `${url}/v2/models/model/infer`, body: inferBody(models.heavy), connections: 8, seconds }, pid);
      await stop();
      return figure;
    });
  const one = await measured(1);
  const two = await measured(2);
  return {
    what: "a 16 ms model, 8 connections, 2 processes of a container",
    unit: "requests/s",
    better: "higher",
    own: two,
    peer: { who: "1 process", ...one },
    goal: { ratio: 1.8 },
  };
}
