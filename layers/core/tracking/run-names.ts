const adjectives =
  "able agile amber ample bold brave brisk bright calm clean clear clever cosmic crisp dapper eager early fair fancy fond gentle glad golden grand happy hardy humble jolly keen kind lively loyal lucky mellow merry mighty modest neat noble placid polite proud quick quiet rapid rare ready regal serene sharp silent sleek smart solid spry steady sunny swift tidy vivid warm wise witty young zesty".split(
    " ",
  );
const nouns =
  "ant auk bass bat bear bee bird boar bug calf carp cat cod colt conch cow crab crane crow deer doe dog dolphin dove duck eel elk fawn finch fish flea fly foal fowl fox frog gnat goat goose grouse gull hare hawk hen heron hog horse hound jay kite koi lamb lark lion loon lynx mare midge mink mole moose moth mouse mule newt owl ox pig pike quail ram rat rook seal shad shark sheep shrew slug snail snake sow sponge squid stag stork swan tern toad trout tuna vole wasp whale wolf worm wren yak zebra".split(
    " ",
  );

const pick = (words: readonly string[], at: number) => words[at % words.length] ?? "run";

/** `steady-heron-417`: adjective, noun and number drawn from a random hex text of at least 12 digits. */
export function runNameFrom(random: string): string {
  const draw = (index: number) => Number.parseInt(random.slice(index * 4, index * 4 + 4), 16);
  return `${pick(adjectives, draw(0))}-${pick(nouns, draw(1))}-${draw(2) % 1000}`;
}
