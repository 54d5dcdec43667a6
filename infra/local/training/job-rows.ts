import type { TrainingJob } from "#core/training/jobs/training-job.ts";
import type { LocalTable } from "../local-table.ts";

/** Training jobs by name. A name that was used once is never free again, as in an account. */
export interface JobRows {
  find(name: string): Promise<TrainingJob | undefined>;
  /** @returns false where the name is taken */
  insert(job: TrainingJob): Promise<boolean>;
  update(job: TrainingJob): Promise<void>;
  /** In order of the name. */
  list(): Promise<TrainingJob[]>;
}

const pk = "TRAININGJOB";

/** Training jobs in the table `local`: pk `TRAININGJOB`, sk the job's name. */
export function jobRows(table: LocalTable): JobRows {
  const put = (job: TrainingJob) => ({ pk, sk: job.request.TrainingJobName, body: job });
  return {
    find: async (name) => (await table.get(pk, name)) as TrainingJob | undefined,
    insert: (job) => table.write([{ put: put(job), when: "absent" }]),
    update: async (job) => void (await table.write([{ put: put(job) }])),
    list: async () => (await table.query(pk)).map(({ body }) => body as TrainingJob),
  };
}
