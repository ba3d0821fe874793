import type { Asked } from '../api';
import type { List } from '../types';

interface Props {
	of: Asked<List<unknown>>;
	one: string; // "a visit"
	many: string; // "visits"
	after?: string; // the place in the list where this stretch begins
	first?: string; // what stands first, where there are more
}

// How many are shown, and whether there are more; said to whoever does not see the list change as well.
export function Shown({ of, one, many, after, first = 'The newest' }: Props) {
	const n = of.loading || of.error ? 0 : (of.data?.records.length ?? 0);
	const number = n === 1 ? one.replace(/^an? /, '1 ') : `${n.toLocaleString('en')} ${many}`;

	return (
		<p role="status" class="note shown">
			{n > 0 && (after ? `${number}${of.data?.next ? '; there are more' : ', the last'}.` : of.data?.next ? `${first} ${number}; there are more.` : `${number}.`)}
		</p>
	);
}
