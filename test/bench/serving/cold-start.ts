import { median } from "../measurement.ts";
import { memoryMb } from "../processes.ts";
import { bundleServer, startContainer, withModelFolder } from "./container.ts";
import { inferBody, models } from "./models.ts";

const repeats = 5;

async function startOnce(server: string, folder: string): Promise<{ readonly milliseconds: number; readonly memory: number }> {
  const began = performance.now();
  const container = await startContainer(server, folder);
  const answer = await fetch(`${container.url}/v2/models/model/infer`, { method: "POST", body: inferBody(models.tiny) });
  const milliseconds = performance.now() - began;
  if (!answer.ok) throw new Error(await answer.text());
  const memory = memoryMb([container.pid]);
  await container.stop();
  return { milliseconds, memory };
}

/** A container with one tiny model in its folder: median time from the start of its process to its first prediction, and its memory then. */
export async function coldStart(): Promise<{ readonly firstPredictionMs: number; readonly memory: number }> {
  const server = await bundleServer();
  return withModelFolder(models.tiny, async (folder) => {
    const starts = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) starts.push(await startOnce(server, folder));
    return { firstPredictionMs: median(starts.map(({ milliseconds }) => milliseconds)), memory: median(starts.map(({ memory }) => memory)) };
  });
}
