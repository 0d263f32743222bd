/** What a start prints for people: where to go, and while there is no admin, with which token. Printed alone, never logged. */
export function welcome(
  origin: string,
  { mode, setupToken }: { readonly mode: 'local' | 'team'; readonly setupToken?: string | undefined },
): string {
  const setUp =
    setupToken === undefined
      ? []
      : [
          '  Set up   There is no admin yet. This address makes the first one, once:',
          `           ${origin}/setup#token=${setupToken}`,
          '',
        ];
  const key =
    mode === 'team' ? ['           export MLFLOW_TRACKING_TOKEN=<a key from your profile page>'] : [];
  return [
    '',
    `  Cairn is listening on ${origin}`,
    '',
    ...setUp,
    `  MLflow   export MLFLOW_TRACKING_URI=${origin}`,
    ...key,
    '           and run the script you have.',
    '  Page     open the address above; it shows the lines for every client that is spoken.',
    '',
    '',
  ].join('\n');
}
