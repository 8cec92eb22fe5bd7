/** Compares values with the interfaces of a .d.ts file: every key that is declared, and no other. */
import { readFileSync } from 'node:fs';
import { requireWeb } from './support.mjs';

const ts = requireWeb('typescript');
const { SyntaxKind } = ts;

/** @param {string} path a .d.ts file */
export function declarations(path) {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022);
  /** @type {Map<string, any>} */
  const named = new Map();
  ts.forEachChild(source, (/** @type {any} */ node) => {
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) named.set(node.name.text, node);
  });

  return {
    /** @param {string} name an interface */
    members: (name) => named.get(name).members.map((/** @type {any} */ member) => member.name.text),
    /**
     * What is wrong with a value of this type, as a list of sentences.
     * @param {unknown} value
     * @param {string} type as it would stand in the file: "Reading[]"
     * @returns {string[]}
     */
    faults(value, type) {
      const alias = ts.createSourceFile('type.ts', `type T = ${type};`, ts.ScriptTarget.ES2022).statements[0];
      return faults(value, alias.type, type);
    },
  };

  /** Those of an interface and of what it extends. @param {any} node @returns {any[]} */
  function membersOf({ members, heritageClauses = [] }) {
    const bases = heritageClauses.flatMap((/** @type {any} */ clause) => clause.types);
    return [...bases.flatMap(({ expression }) => membersOf(named.get(expression.text))), ...members];
  }

  /**
   * @param {any} value
   * @param {any} type
   * @param {string} at
   * @returns {string[]}
   */
  function faults(value, type, at) {
    switch (type.kind) {
      case SyntaxKind.StringKeyword: return expect(typeof value === 'string', 'a string');
      case SyntaxKind.NumberKeyword: return expect(typeof value === 'number', 'a number');
      case SyntaxKind.BooleanKeyword: return expect(typeof value === 'boolean', 'a boolean');
      case SyntaxKind.LiteralType: return expect(value === type.literal.text, JSON.stringify(type.literal.text));
      case SyntaxKind.ParenthesizedType: return faults(value, type.type, at);
      case SyntaxKind.TypeLiteral: return object(type.members);
      case SyntaxKind.ArrayType:
        if (!Array.isArray(value)) return expect(false, 'an array');
        return value.flatMap((element, i) => faults(element, type.elementType, `${at}[${i}]`));
      case SyntaxKind.UnionType: {
        const each = type.types.map((/** @type {any} */ option) => faults(value, option, at));
        return each.some((/** @type {string[]} */ found) => found.length === 0) ? [] : each.flat();
      }
      case SyntaxKind.TypeReference: {
        const name = type.typeName.escapedText;
        const node = named.get(name);
        if (node === undefined) return expect(value?.constructor?.name === name, `a ${name}`);
        return ts.isInterfaceDeclaration(node) ? object(membersOf(node)) : faults(value, node.type, at);
      }
      default: throw new Error(`${at}: the test does not know ${SyntaxKind[type.kind]}`);
    }

    /**
     * @param {boolean} holds
     * @param {string} what
     */
    function expect(holds, what) {
      return holds ? [] : [`${at} must be ${what}, is ${JSON.stringify(value) ?? typeof value}`];
    }

    /** @param {any[]} members */
    function object(members) {
      if (typeof value !== 'object' || value === null) return expect(false, 'an object');
      const declared = members.map((member) => member.name.text);
      return [
        ...Object.keys(value).filter((key) => !declared.includes(key)).map((key) => `${at}.${key} is not declared`),
        ...members.flatMap((member) => (member.name.text in value
          ? faults(value[member.name.text], member.type, `${at}.${member.name.text}`)
          : [`${at}.${member.name.text} is missing`])),
      ];
    }
  }
}
