/** Words for states; each has a shape of its own, for those who do not see the colours. */
const SHAPES: Readonly<Record<string, string>> = {
  ready: '●',
  quiet: '●',
  waiting: '◐',
  converging: '◐',
  starting: '◌',
  pending: '◐',
  failed: '▲',
  firing: '▲',
  unreachable: '▲',
  unknown: '○',
  unwatched: '○',
};

const WORDS: Readonly<Record<string, string>> = {
  failed: 'failing',
  unknown: 'not known',
  unwatched: 'not watched from here',
};

export function State({ state, word = true }: { readonly state: string; readonly word?: boolean }) {
  const text = WORDS[state] ?? state;
  return (
    <span class={`state ${state}`}>
      <span aria-hidden="true">{SHAPES[state] ?? '○'}</span>
      {word ? ` ${text}` : <span class="hidden">{text}</span>}
    </span>
  );
}
