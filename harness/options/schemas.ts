/** The published schemas of what users write: of daemon-conformance.json, and of a batch file around it. */

import { option, optionNames } from './table.ts';

const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** Every key that an option is too, as its row describes it. */
function keys(): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    optionNames.flatMap((name) => {
      const { config } = option(name);
      return config === undefined ? [] : [[name, { description: config.description, ...config.schema }]];
    }),
  );
}

const expectedFailures = {
  description: 'Requirements that are known to fail, each with the reason. One that passes fails the run.',
  type: 'object',
  propertyNames: { $ref: '#/$defs/requirement' },
  additionalProperties: { type: 'string', pattern: '\\S' },
};

const requirement = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' };

export function configSchema(): object {
  return {
    $schema: dialect,
    title: 'What a program declares of itself to daemon-conformance',
    description:
      'daemon-conformance.json: the options of the command line by their names. Paths are relative to the file.',
    type: 'object',
    properties: {
      $schema: { description: 'Where this schema is, for editors.', type: 'string' },
      ...keys(),
      expectedFailures,
    },
    additionalProperties: false,
    $defs: { requirement },
  };
}

/** @param written the schema that is there, whose own part is kept: only what a program declares is made anew */
export function batchSchema(written: { readonly $defs: object }): object {
  return { ...written, $defs: { requirement, declared: { properties: { ...keys(), expectedFailures } } } };
}
