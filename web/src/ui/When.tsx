const bases: Record<string, string> = {
	said: 'the page says this date',
	resolved: 'reckoned from words such as "on Monday"',
	dateline: 'the day of the dateline',
	page: 'the day of the page',
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// "1972-02-21" to "21 Feb 1972", "1972-02" to "Feb 1972"; anything else as it is.
export function day(iso: string): string {
	const [, y, m, d] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(iso) ?? [];
	const month = m && months[Number(m) - 1];

	if (!y) return iso;
	return d && month ? `${Number(d)} ${month} ${y}` : month ? `${month} ${y}` : y;
}

// A date with the precision and the basis it has; what is unsaid is said to be.
export function When({ date, basis }: { date: unknown; basis?: unknown }) {
	if (typeof date !== 'string' || !date) return <span class="unsaid">undated</span>;
	const [from, to] = date.split('/');

	return (
		<time dateTime={from} title={typeof basis === 'string' ? bases[basis] ?? basis : undefined}>
			{to ? `${day(from!)} – ${day(to)}` : day(date)}
		</time>
	);
}
