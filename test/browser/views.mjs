// The views that the tests go through, on the demo store. A path may be a function of the ids that are there.
//   path    opens the view         empty   the same view where nothing fits: its words, and no table
//   csv     false: it has no list of its own to give as CSV
//   part    it shows the newest only, or something else beside
//   bare    the demo has no record for it
export const registers = [
	'events', 'visits', 'meetings', 'letters', 'instruments', 'quotes', 'roles', 'positions', 'tallies', 'pledges',
	'gatherings', 'initiatives', 'relations', 'marks', 'pages',
];

export const views = [
	{ name: 'overview', path: '/', csv: false },
	...registers.map((name) => ({ name, bare: ['initiatives', 'marks'].includes(name), path: `/register/${name}`, empty: `/register/${name}?since=1066&until=1067` })),
	{ name: 'page', path: (known) => `/page/${known.page}?record=${known.event}`, csv: false },
	{ name: 'agenda', path: '/agenda', empty: '/agenda?since=1066&until=1067' },
	{ name: 'conflicts', path: '/conflicts', empty: '/conflicts?who=TUV' },
	{ name: 'coverage', path: '/coverage', csv: false },
	{ name: 'unknown', path: '/unknown', empty: '/unknown?since=1066&until=1067' },
	{ name: 'country', part: true, path: '/country/EGY', empty: '/country/TUV' },
	{ name: 'pair', part: true, path: '/pair/EGY/ISR', empty: '/pair/TUV/NRU' },
	{ name: 'person', part: true, path: '/person/Anwar%20Sadat', empty: '/person/Nobody%20Known' },
	{ name: 'country: a ledger', path: '/country/EGY?tab=events', empty: '/country/FIN?tab=pledges' },
	{ name: 'pair: a ledger', path: '/pair/EGY/ISR?tab=events', empty: '/pair/EGY/ISR?tab=letters&since=1066&until=1067' },
	{ name: 'person: a ledger', path: '/person/Anwar%20Sadat?tab=events', empty: '/person/Anwar%20Sadat?tab=marks' },
	{ name: 'instrument', path: (known) => `/instrument/${known.instrument}`, csv: false },
	{ name: 'search', path: '/search?words=treaty', empty: '/search?words=phlogiston' },
	{ name: 'stories', path: '/stories?pages=1', empty: '/stories' },
	{ name: 'story', path: (known) => `/story/${known.story}`, csv: false },
	{ name: 'quote', path: (known) => `/quote/${known.quote}`, csv: false },
	{ name: 'event', path: (known) => `/event/${known.event}`, csv: false },
	{ name: 'review', path: '/review', csv: false },
	{ name: 'decisions', path: '/review?list=1', csv: false },
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
