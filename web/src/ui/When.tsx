const bases: Record<string, string> = {
	said: 'the page says this date',
	resolved: 'reckoned from words such as “on Monday”',
	context: 'taken from what the page says around it',
	dateline: 'the day of the dateline',
	page: 'the day of the page',
	visible: 'as the page shows it',
	host: 'the host’s country',
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// "1972-02-21" to "21 Feb 1972", "1972-02" to "Feb 1972"; anything else as it is.
export function day(iso: string): string {
	const [, y, m, d] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(iso) ?? [];
	const month = m && months[Number(m) - 1];

	if (!y) return iso;
	return d && month ? `${Number(d)} ${month} ${y}` : month ? `${month} ${y}` : y;
}

// "25–26 Oct 2019": what both days share is said once.
export function range(from: string, to: string): string {
	const a = day(from).split(' ');
	const b = day(to).split(' ');

	if (a.length !== 3 || b.length !== 3) return `${day(from)} – ${day(to)}`;
	if (a[2] !== b[2]) return `${a.join(' ')} – ${b.join(' ')}`;
	return a[1] === b[1] ? `${a[0]}–${b.join(' ')}` : `${a[0]} ${a[1]} – ${b.join(' ')}`;
}

// On what a date or a place rests, in words.
export const basisInWords = (basis: unknown): string | undefined => (typeof basis === 'string' ? bases[basis] ?? basis : undefined);

// A date with the precision and the basis it has; what is unsaid is said to be.
export function When({ date, basis }: { date: unknown; basis?: unknown }) {
	if (typeof date !== 'string' || !date) return <span class="unsaid">undated</span>;
	const [from, to] = date.split('/');

	return (
		<time dateTime={from} title={basisInWords(basis)}>
			{to ? range(from!, to) : day(date)}
		</time>
	);
}
