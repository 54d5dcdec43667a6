import type { FunctionEnv } from "#runtime/function-env.ts";
import { type Task, task } from "#runtime/task.ts";
import { type ChampionFinder, championFinder } from "#stores/champion.ts";
import { findChampion } from "./function.ts";

export const createTask = (find: ChampionFinder): Task => task(findChampion, async ({ registeredModel }) => ({ champion: await find(registeredModel) }));

export const create = (env: FunctionEnv): Task => createTask(championFinder(env.table("tracking"), env.bucket("artifacts")));
