import { invalid } from "#core/errors.ts";

/** What DuckDB says of data that are not what they were declared to be; see its error types. */
const aboutInput = /^(?:Conversion|Invalid Input|Binder|Out of Range) Error: ([^\n]*)/;

/** Runs work over files of others: a value that cannot be read as declared is a refusal that names it, not a defect. */
export async function withInputErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const [, message] = (error instanceof Error && aboutInput.exec(error.message)) || [];
    throw message === undefined ? error : invalid(`the files cannot be read as declared: ${message.charAt(0).toLowerCase()}${message.slice(1)}`);
  }
}
