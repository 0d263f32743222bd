/** Why Cairn answers some requests otherwise than `mlflow server` 3.17.2, on purpose. */
export interface KnownDifference {
  readonly steps: RegExp;
  /** Our status and upstream's: `400/500`. */
  readonly statuses: string;
  readonly reason: string;
}

/** Each explains at least one difference, or its test fails: a list that grows stale would hide things. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  // Upstream's mistakes: a 5xx makes every client wait through seven retries, and some answers lose what was asked.
  {
    steps:
      /rename what is deleted|a batch with|log a model of|an order twice|the body: |write the path|archive on the way/,
    statuses: '400/500',
    reason: 'A mistake of the user is a 4xx: clients retry a 500 for four minutes.',
  },
  { steps: /at most: null/, statuses: '200/500', reason: 'null is what an absent number means.' },
  {
    steps: /rename to a taken name/,
    statuses: '400/400',
    reason: 'RESOURCE_ALREADY_EXISTS, as on creation; upstream shows an SQL statement.',
  },
  {
    steps: /a bulk history$/,
    statuses: '200/200',
    reason: 'Upstream writes a bare NaN, which is no JSON.',
  },
  {
    steps: /the view: "|update to the status: "NONSENSE"|finish a model in no status/,
    statuses: '400/200',
    reason:
      'An unknown word is refused; upstream ignores it and answers something else than was asked, or stores it.',
  },
  {
    steps: /create at the time|metric of|metric at|a batch with the metric|a history of at most: "x"/,
    statuses: '400/200',
    reason: 'What is no number, or no integer within 2^53, is refused; upstream stores another value.',
  },
  {
    steps: /tags that are none|a tag without a key|the dataset: /,
    statuses: '400/200',
    reason: 'What cannot be found again is not stored: tags without a key, datasets without name and digest.',
  },
  {
    steps: /a history of nobody/,
    statuses: '404/200',
    reason: 'A run that does not exist has no history; upstream shows an empty one.',
  },
  {
    steps: /params.depth = '3' params.depth/,
    statuses: '400/200',
    reason: 'Two clauses without AND: upstream reads neither.',
  },
  {
    steps: /status = 'R/i,
    statuses: '200/200',
    reason: 'A status is found by its word, in any case; upstream finds nothing and says nothing.',
  },
  {
    steps: /files of a folder/,
    statuses: '200/200',
    reason: 'The size of an empty file is 0; upstream leaves it out as if it were unknown.',
  },
  {
    steps: /^artifacts: (the|write|list|browse) the path|^artifacts: the path/,
    statuses: '400/200',
    reason: 'Paths with NUL, backslashes, dot segments or empty segments are refused on every operation.',
  },
  {
    steps: /^artifacts: (the path|browse the path)/,
    statuses: '400/404',
    reason: 'The same paths are refused before anything is looked up.',
  },
  // More than upstream can do: clients do not parse filters.
  {
    steps: /the filter: |versions in the order: "run_id"/,
    statuses: '200/400',
    reason:
      'One filter language for all: OR, NOT, parentheses, IN, comparisons and regular expressions everywhere.',
  },
  {
    steps: /begin a file in parts/,
    statuses: '200/501',
    reason: 'Uploads in parts work without an object store.',
  },
  {
    steps: /tags of a model/,
    statuses: '200/200',
    reason: 'The answer is the model, as the protocol says; upstream answers {}.',
  },
  {
    steps: /^(artifacts|modelVersions): (a|an) (file|name|empty)/,
    statuses: '200/200',
    reason: 'The answer is {}, as the protocol says; upstream sends nothing.',
  },
  {
    steps: /create a model named: "ünï"/,
    statuses: '200/200',
    reason: 'A run that was not named is absent, not an empty text.',
  },
  // Words for what is not there.
  {
    steps: /get the id|get the name|create in the experiment: "abc"/,
    statuses: '404/400',
    reason: 'Project ids need not be decimal; one of another shape, and an empty name, is of nobody.',
  },
  {
    steps:
      /a method that is not there|another one|the wrong version|the path: "\/|a trailing slash|a double slash/,
    statuses: '404/404',
    reason: 'JSON with ENDPOINT_NOT_FOUND, which clients branch on, where upstream has a page of HTML.',
  },
  {
    steps: /a method that is not there|another one/,
    statuses: '404/405',
    reason: 'ENDPOINT_NOT_FOUND in JSON: clients know no 405.',
  },
  { steps: /a double slash/, statuses: '404/308', reason: 'No redirects: a POST would lose its body.' },
  {
    steps: /delete a model again/,
    statuses: '404/200',
    reason: 'What is deleted is not found, as by every other operation on it.',
  },
  // Older and other clients.
  {
    steps:
      /create with the name: 17|set a tag to: 17|param of: 17|tag of: 17|a number for an experiment|(with|by) a number/,
    statuses: '200/400',
    reason: 'Numbers where texts belong come from Java and R, and mean their digits.',
  },
  { steps: /runs of a number/, statuses: '200/200', reason: 'Likewise, in a list of experiments.' },
  {
    steps: /create in the experiment: (""|null)/,
    statuses: '200/400',
    reason: 'No experiment means the default one; upstream fails in its database.',
  },
  {
    steps: /search for as many|the body: "null"|no body|an empty body/,
    statuses: '200/400',
    reason: 'An absent limit means the default of 1000, and an absent body an empty message.',
  },
  {
    steps: /models of no experiment/,
    statuses: '200/400',
    reason: 'No experiments hold no models.',
  },
  {
    steps: /the type: "APPLICATION/,
    statuses: '200/400',
    reason: 'A media type has no case (RFC 9110, 8.3.1).',
  },
  {
    steps: /a key twice/,
    statuses: '400/200',
    reason: 'Two values for one field are a contradiction; upstream takes the first.',
  },
  {
    steps: /set a tag to: null/,
    statuses: '400/200',
    reason: 'A tag without a value is refused, as of a run.',
  },
  // Names and places.
  {
    steps: /create with the name: " "/,
    statuses: '400/200',
    reason: 'A name of blanks cannot be seen or typed.',
  },
  {
    steps: /s3:\/\/bucket\/a;params/,
    statuses: '400/200',
    reason: 'A location whose URI has parameters is refused, as upstream refuses it for other schemes.',
  },
  {
    steps: /server info/,
    statuses: '200/200',
    reason: 'Cairn offers no gateway and says what clients ask for.',
  },
  // The registry.
  {
    steps: /^registeredModels: create with the name: "(\.\.|a.b)"/,
    statuses: '200/400',
    reason: 'A registered model may have any name; upstream refuses those that its URIs cannot hold.',
  },
  { steps: /forget the name: "(\.\.|a.b)"/, statuses: '200/400', reason: 'So they are there to be deleted.' },
  { steps: /forget the name: "17"/, statuses: '200/404', reason: 'Likewise the number that was a name.' },
  {
    steps: /without saying so/,
    statuses: '200/400',
    reason: 'Whose files they are follows from the source; a run or a model that is said must agree.',
  },
  {
    steps: /register by a run that is not there/,
    statuses: '404/200',
    reason: 'A version leads back to its run: an id of no run is not kept.',
  },
  {
    steps: /register a model that is not there/,
    statuses: '404/400',
    reason: 'What is not there is 404, as by every other operation.',
  },
  {
    steps: /the source: "https:\/\/example/,
    statuses: '200/400',
    reason: 'Cairn opens no foreign URI, so that none of them is dangerous to it.',
  },
  {
    steps: /the tag of the model/,
    statuses: '200/200',
    reason: 'A copy is a version of the logged model as well.',
  },
  {
    steps: /where the run is/,
    statuses: '200/200',
    reason: 'The download URI is that of the files, also when they were registered by runs:/.',
  },
  {
    steps: /the latest( by POST| with an alias)?$/,
    statuses: '200/200',
    reason: 'Latest versions come by number; upstream’s order is that in which stages were first used.',
  },
  {
    steps: /models, at most: "(0|-1)"/,
    statuses: '400/200',
    reason: 'A page of nothing with a token for the same again would never end.',
  },
];
