import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Refused, send } from "../client.ts";
import { useToasts } from "../frame/toasts.tsx";
import { refusalsByField } from "./document.ts";

interface Submission {
  readonly method?: "POST" | "PUT";
  readonly path: string;
  readonly body: object;
  /** Shown once it is done. */
  readonly done: string;
}
const nothing: ReadonlyMap<string, string> = new Map();

/**
 * Sends a form. A refusal stays with the form, by field, until the next try.
 * @param under what the form's document lies under in the request
 */
export function useSubmit<T>(under = "") {
  const queries = useQueryClient();
  const toasts = useToasts();
  const mutation = useMutation({
    mutationFn: ({ method = "POST", path, body }: Submission) => send<T>(method, path, body),
    onSuccess: (_reply, { done }) => toasts.push({ type: "success", text: done }),
    onSettled: () => queries.invalidateQueries(),
  });
  const { error } = mutation;
  const refusals = error instanceof Refused && error.status === 400 ? refusalsByField(error.message, under) : nothing;
  return { submit: mutation.mutate, isPending: mutation.isPending, error, refusals, forget: mutation.reset };
}
