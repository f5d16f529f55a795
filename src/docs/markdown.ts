/** A table; a cell may have anything but a line break. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heads), `|${heads.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Paragraphs, tables and lists with a blank line between; what is empty is left out. */
export function blocks(...parts: readonly (string | undefined)[]): string {
  return `${parts.filter((part) => part !== undefined && part !== '').join('\n\n')}\n`;
}

/** A box of a diagram. */
export interface Box {
  readonly id: string;
  readonly label: string;
}

/** Boxes that stand together, and arrows between any of them. */
export interface Diagram {
  readonly direction: 'TB' | 'LR';
  readonly groups: readonly { readonly title: string; readonly boxes: readonly Box[] }[];
  readonly arrows: readonly (readonly [from: string, to: string, label?: string])[];
}

/** A diagram as Mermaid, which MkDocs and every Git host draw. Arrows to boxes that are not there are left out. */
export function mermaid({ direction, groups, arrows }: Diagram): string {
  const ids = new Map(
    groups.flatMap(({ boxes }) => boxes).map(({ id }, index) => [id, `n${index}`] as const),
  );
  const shown = groups.filter(({ boxes }) => boxes.length > 0);
  const lines = [
    `graph ${direction}`,
    ...shown.flatMap(({ title, boxes }, index) => [
      `  subgraph g${index}["${quoted(title)}"]`,
      ...boxes.map(({ id, label }) => `    ${ids.get(id)}["${quoted(label)}"]`),
      '  end',
    ]),
    ...arrows.flatMap(([from, to, label]) => {
      const [a, b] = [ids.get(from), ids.get(to)];
      if (a === undefined || b === undefined) return [];
      return [`  ${a} -->${label === undefined ? '' : `|"${quoted(label)}"|`} ${b}`];
    }),
  ];
  return `\`\`\`mermaid\n${lines.join('\n')}\n\`\`\``;
}

function quoted(text: string): string {
  return text.replaceAll('"', '#quot;').replace(/[\r\n]+/g, ' ');
}

export function yaml(settings: Readonly<Record<string, string>>): string {
  return `\`\`\`yaml\n${Object.entries(settings)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')}\n\`\`\``;
}

export function shell(...commands: readonly string[]): string {
  return `\`\`\`sh\n${commands.join('\n')}\n\`\`\``;
}
