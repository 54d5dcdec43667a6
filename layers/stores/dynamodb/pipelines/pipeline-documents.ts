import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { ApprovalRequest, Execution } from "#contracts/platform/pipelines.ts";
import { TrainingRequest } from "#contracts/platform/training-request.ts";
import { approvalGroups, type StoredApproval } from "#core/pipelines/approvals.ts";
import type { DocumentStore } from "#core/pipelines/documents.ts";
import type { StoredExecution } from "#core/pipelines/executions.ts";
import { documentStore } from "./documents.ts";

const StoredExecutionRow = Execution.extend({ request: TrainingRequest, isFinished: z.boolean().optional() });
const StoredApprovalRow = ApprovalRequest.extend({ taskToken: z.string() });

export const executionDocuments = (client: DynamoDBClient, table: string): DocumentStore<StoredExecution> =>
  documentStore<StoredExecution>(client, table, {
    kind: "EXECUTION",
    schema: StoredExecutionRow,
    id: ({ name }) => name,
    at: ({ startedAt }) => startedAt,
    groups: ({ pipeline }) => [pipeline],
  });

export const approvalDocuments = (client: DynamoDBClient, table: string): DocumentStore<StoredApproval> =>
  documentStore<StoredApproval>(client, table, {
    kind: "APPROVAL",
    schema: StoredApprovalRow,
    id: ({ execution }) => execution,
    at: ({ requestedAt }) => requestedAt,
    groups: approvalGroups,
  });
