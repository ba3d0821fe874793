// The views that the tests go through, on the demo store. A path may be a function of the ids that are there.
//   path    opens the view         empty   the same view where nothing fits: its words, and no table
//   deep    with filters: the same when opened afresh, and its links carry them on
//   csv     false: it has no list of its own to give as CSV
export const registers = [
	'events', 'visits', 'meetings', 'letters', 'instruments', 'quotes', 'roles', 'positions', 'tallies', 'pledges',
	'gatherings', 'initiatives', 'relations', 'marks', 'pages',
];

export const views = [
	{ name: 'overview', path: '/', csv: false },
	...registers.map((name) => ({ name, path: `/register/${name}`, empty: `/register/${name}?since=1066&until=1067`, register: name })),
];

// Of the records of the demo store those that views are about.
export async function ids(server) {
	const first = async (path) => (await server.json(path)).records[0];
	const visit = await first('/api/v1/visits?who=USA&with=CHN&limit=1');

	return {
		event: visit.id,
		page: visit.reports[0].page.id,
		instrument: (await first('/api/v1/instruments?limit=1')).id,
		quote: (await first('/api/v1/quotes?who=EGY&limit=1')).id,
		story: (await first('/api/v1/stories?limit=1')).id,
	};
}

export const path_of = (path, known) => (typeof path === 'function' ? path(known) : path);
