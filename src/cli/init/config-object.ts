import { parseModule, type ASTNode } from 'magicast'

type NodeOf<T extends string> = Extract<ASTNode, { type: T }>

type Program = NodeOf<'Program'>
export type ObjectNode = NodeOf<'ObjectExpression'>
type ImportNode = NodeOf<'ImportDeclaration'>

/** A configuration as its syntax. */
export interface ConfigSyntax {
  readonly imports: readonly ImportNode[]
  /** The first statement, where an import goes that is the only one. */
  readonly first: ASTNode | undefined
  /** What the module exports as its options; nothing when it is not written out there. */
  readonly options: ObjectNode | undefined
  /** What has the place of the options: the parser keeps none of an object that is exported as it stands. */
  readonly place: ASTNode | undefined
}

/** @throws when the text is no module */
export function parseConfig(text: string): ConfigSyntax {
  // The parser counts a tab as several columns, and forgets a carriage return.
  const program: ASTNode = parseModule(text.replaceAll(/[\t\r]/g, ' ')).$ast
  if (program.type !== 'Program') return NOTHING
  const exported = program.body.find(({ type }) => type === 'ExportDefaultDeclaration')
  const options =
    exported?.type === 'ExportDefaultDeclaration'
      ? objectOf(exported.declaration, program)
      : undefined
  return {
    imports: program.body.filter((each) => each.type === 'ImportDeclaration'),
    first: program.body[0],
    options,
    place: options?.loc ? options : exported,
  }
}

const NOTHING = { imports: [], first: undefined, options: undefined, place: undefined }

/** The object that an expression comes to: written out, returned, wrapped, merged or under a name. */
function objectOf(node: ASTNode | null | undefined, program: Program): ObjectNode | undefined {
  if (!node) return undefined
  if (node.type === 'ObjectExpression') return node
  if (node.type === 'CallExpression') return argumentOf(node, program)
  if (node.type === 'Identifier') return objectOf(declared(node.name, program), program)
  if (isFunction(node)) {
    const { body } = node
    return body.type === 'BlockStatement' ? returned(body.body, program) : objectOf(body, program)
  }
  return isWrapped(node) ? objectOf(node.expression, program) : undefined
}

const isFunction = (
  node: ASTNode,
): node is NodeOf<'ArrowFunctionExpression' | 'FunctionExpression' | 'FunctionDeclaration'> =>
  ['ArrowFunctionExpression', 'FunctionExpression', 'FunctionDeclaration'].includes(node.type)

const isWrapped = (
  node: ASTNode,
): node is NodeOf<'TSAsExpression' | 'TSSatisfiesExpression' | 'ParenthesizedExpression'> =>
  ['TSAsExpression', 'TSSatisfiesExpression', 'ParenthesizedExpression'].includes(node.type)

/** Of `defineConfig({…})`, and of `mergeConfig(shared, {…})` the last. */
function argumentOf(
  { arguments: given }: NodeOf<'CallExpression'>,
  program: Program,
): ObjectNode | undefined {
  return given.toReversed().flatMap((each) => objectOf(each, program) ?? [])[0]
}

/** What a function returns at its end; one that returns in several places is not read. */
function returned(body: readonly ASTNode[], program: Program): ObjectNode | undefined {
  const last = body.at(-1)
  const conditional = body.some(({ type }) => /^(?:If|Switch|Try|For|While)/.test(type))
  if (conditional || last?.type !== 'ReturnStatement') return undefined
  return objectOf(last.argument, program)
}

function declared(name: string, { body }: Program): ASTNode | null | undefined {
  for (const each of body) {
    if (each.type === 'FunctionDeclaration' && each.id?.name === name) return each
    if (each.type !== 'VariableDeclaration') continue
    const found = each.declarations.find(({ id }) => id.type === 'Identifier' && id.name === name)
    if (found !== undefined) return found.init
  }
  return undefined
}
