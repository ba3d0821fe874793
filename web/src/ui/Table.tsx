// The rows of a register, as its columns want them. On a phone each row is a block with the titles in front of its values.
import { Parties } from './Party';
import { Source } from './Source';
import { When } from './When';
import { valueOf, type Column, type Register } from '../views/registers';
import type { Actor, PageInfo, Report, Row } from '../types';

// The page that tells an event is that of its first report.
const pageOf = (row: Row): PageInfo | undefined => row.page ?? (row.reports as Report[] | undefined)?.[0]?.page;

function Value({ row, column, names }: { row: Row; column: Column; names?: Map<string, string> }) {
	const value = valueOf(row, column.field);

	switch (column.kind) {
		case 'date':
			return <When date={value} basis={column.basis && row[column.basis]} />;
		case 'parties':
			return <Parties of={value} names={names} />;
		case 'person': {
			const list = Array.isArray(value) ? (value as Actor[]).filter((a) => a.kind === 'person').map((a) => a.entity_text) : [value];
			return (
				<>
					{list.map((name, i) =>
						typeof name === 'string' && name ? (
							<span key={name}>
								{i > 0 && ', '}
								<a href={'/person/' + encodeURIComponent(name)}>{name}</a>
							</span>
						) : null,
					)}
				</>
			);
		}
		case 'status':
			return value ? <span class={'status status-' + String(value)}>{String(value)}</span> : null;
		case 'code':
			return value ? <span class="code">{String(value).toLowerCase().replace(/_/g, ' ')}</span> : null;
		case 'source':
			return <Source page={pageOf(row)} record={row.id} />;
		default:
			return typeof value === 'string' || typeof value === 'number' ? <>{String(value)}</> : null;
	}
}

export function Table({ register, rows, names, caption }: { register: Register; rows: Row[]; names?: Map<string, string>; caption: string }) {
	return (
		<table class="records">
			<caption class="unseen">{caption}</caption>
			<thead>
				<tr>
					{register.columns.map((c) => (
						<th key={c.title} scope="col" class={'is-' + c.kind}>
							{c.title}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{rows.map((row) => (
					<tr key={row.id}>
						{register.columns.map((c) => (
							<td key={c.title} class={'is-' + c.kind} data-title={c.title}>
								<Value row={row} column={c} names={names} />
							</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	);
}
