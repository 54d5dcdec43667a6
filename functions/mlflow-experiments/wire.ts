import type * as z from "zod";
import type { experiment, experimentsContract } from "#contracts/mlflow/experiments.ts";
import { keyValues } from "#contracts/mlflow/tags.ts";
import type { Page } from "#core/search/page.ts";
import type { Experiment } from "#core/tracking/experiment.ts";
import type { Search } from "#core/tracking/search-experiments.ts";

type Routes = typeof experimentsContract.routes;

export const toWire = ({ experimentId, name, artifactLocation, stage, createdAt, updatedAt, tags }: Experiment): z.input<typeof experiment> => ({
  experiment_id: experimentId,
  name,
  artifact_location: artifactLocation,
  lifecycle_stage: stage,
  creation_time: createdAt,
  last_update_time: updatedAt,
  tags: keyValues(tags),
});

export const toSearch = (request: z.output<Routes["searchExperiments"]["request"]>): Search => ({
  filter: request.filter,
  orderBy: request.order_by,
  viewType: request.view_type,
  maxResults: request.max_results,
  pageToken: request.page_token,
});

export const toPage = ({ items, nextPageToken }: Page<Experiment>): z.input<Routes["searchExperiments"]["response"]> => ({
  experiments: items.length > 0 ? items.map(toWire) : undefined,
  next_page_token: nextPageToken,
});
