import type { ComponentChildren } from 'preact';

interface TableProps<T> {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (T & { key: string })[];
  readonly cells: (row: T) => readonly ComponentChildren[];
  /** What to say when there are no rows. */
  readonly empty: string;
}

/** A table that scrolls by itself where the screen is narrow; its first cell names the row. */
export function Table<T>({ caption, columns, rows, cells, empty }: TableProps<T>) {
  if (rows.length === 0) return <p class="empty">{empty}</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <section class="table" tabIndex={0} aria-label={caption}>
      <table>
        <caption class="hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              {cells(row).map((cell, index) =>
                index === 0 ? (
                  <th key={columns[index]} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={columns[index]}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
