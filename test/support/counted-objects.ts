import type { Objects } from "#stores/s3/objects.ts";
import { memoryObjects } from "./memory-objects.ts";

/** Objects in memory that count what is asked of them. */
export function countedObjects(): { readonly objects: Objects; take(): { readonly gets: number; readonly puts: number } } {
  const objects = memoryObjects();
  let [gets, puts] = [0, 0];
  return {
    objects: {
      ...objects,
      get: (...args) => {
        gets++;
        return objects.get(...args);
      },
      put: (...args) => {
        puts++;
        return objects.put(...args);
      },
    },
    take() {
      const taken = { gets, puts };
      [gets, puts] = [0, 0];
      return taken;
    },
  };
}
