// A table that is on the screen, as a file: for views whose list the API gives inside one object.
const cell = (v: unknown): string => {
	const text = v === null || v === undefined ? '' : Array.isArray(v) ? v.join('; ') : String(v);
	// What a spreadsheet would take for a formula is text.
	const safe = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
	return /[",\n\r]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
};

export const csvOf = (columns: string[], rows: unknown[][]): string => [columns, ...rows].map((r) => r.map(cell).join(',') + '\r\n').join('');

export function CsvLink({ name, columns, rows }: { name: string; columns: string[]; rows: unknown[][] }) {
	return (
		<button
			type="button"
			class="as-link"
			onClick={() => {
				const url = URL.createObjectURL(new Blob([csvOf(columns, rows)], { type: 'text/csv' }));
				const link = document.createElement('a');
				link.href = url;
				link.download = name + '.csv';
				link.click();
				URL.revokeObjectURL(url);
			}}
		>
			CSV
		</button>
	);
}
