import { type DynamoDBClient, TransactionCanceledException, type TransactWriteItem, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { DependencyError, invalid } from "#core/errors.ts";

/** How a transaction ended: `refused` holds the places of the writes whose condition did not hold. */
export type Outcome = { readonly done: true } | { readonly done: false; readonly refused: readonly number[] };

const tooLarge = () => invalid("the tags of one experiment must take at most 400 KB together");

/** Writes all or nothing; a clash with another transaction is repeated a few times. @throws DependencyError when the clashes go on */
export async function transact(client: DynamoDBClient, writes: readonly TransactWriteItem[]): Promise<Outcome> {
  for (let attempt = 0; attempt < 6; attempt++) {
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: [...writes] }));
      return { done: true };
    } catch (error) {
      if (error instanceof Error && error.name === "ValidationException" && /item size/i.test(error.message)) throw tooLarge();
      if (!(error instanceof TransactionCanceledException)) throw error;
      const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
      const refused = codes.flatMap((code, index) => (code === "ConditionalCheckFailed" ? [index] : []));
      if (refused.length > 0) return { done: false, refused };
      if (codes.includes("ValidationError")) throw tooLarge();
      if (!codes.includes("TransactionConflict")) throw new DependencyError(error.message, { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** attempt * (0.5 + Math.random())));
  }
  throw new DependencyError("other writers kept changing the same items");
}
