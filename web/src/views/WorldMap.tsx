// The lands of the world, darker the more events they have a part in. For those who point; the list beside it says the same.
import { geoNaturalEarth1, geoPath } from 'd3-geo';
import { useLocation } from 'preact-iso';
import { useMemo } from 'preact/hooks';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-110m.json?url';
import { useOnce } from '../api';
import { useNames } from '../ui/Party';
import { alpha3 } from './iso';
import type { PartyCount } from '../types';

type Atlas = Topology<{ countries: GeometryCollection<{ name: string }> }>;

const width = 960;
const height = 470;
const steps = 5;

// Where each step begins: by equal ratios, since a few have many events and most have few.
function thresholds(most: number): number[] {
	const from = Array.from({ length: steps }, (_, i) => Math.max(i + 1, Math.round(most ** (i / steps))));
	return from.filter((t, i) => t <= most && (!i || t > from[i - 1]!));
}

export default function WorldMap({ parties }: { parties: PartyCount[] }) {
	const topology = useOnce<Atlas>(atlas);
	const names = useNames();
	const { route } = useLocation();
	const lands = useMemo(() => {
		if (!topology) return [];
		const { features } = feature(topology, topology.objects.countries);
		const kept = features.filter((f) => f.id !== '010');   // Antarctica: nobody's
		const path = geoPath(geoNaturalEarth1().fitSize([width, height], { type: 'FeatureCollection', features: kept }));
		return kept.map((f) => ({ code: f.properties.name === 'Kosovo' ? 'XKX' : f.id ? alpha3[String(f.id)] : undefined, name: f.properties.name, d: path(f) ?? '' }));
	}, [topology]);
	// Some organisations have the code of a state.
	const counts = new Map(parties.filter((p) => p.kind !== 'organisation').map((p) => [p.code, p.events]));
	const starts = thresholds(Math.max(1, ...lands.map((l) => (l.code ? counts.get(l.code) ?? 0 : 0))));
	const step = (n: number) => starts.filter((s) => n >= s).length;

	return (
		<figure class="map">
			<svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label="Map of the world: states by the number of events that they have a part in. The list of parties says the same.">
				{lands.map(({ code, name, d }) => {
					const n = (code && counts.get(code)) || 0;
					return (
						<path key={code ?? name} d={d} class={'land step-' + step(n)} onClick={() => code && n > 0 && route('/country/' + code)}>
							<title>{`${(code && names.get(code)) || name}: ${n === 1 ? '1 event' : n.toLocaleString('en') + ' events'}`}</title>
						</path>
					);
				})}
			</svg>
			<figcaption>
				<span>Events</span>
				{starts.map((s, i) => {
					const last = starts[i + 1] === undefined ? null : starts[i + 1]! - 1;
					return (
						<span key={s} class="key">
							<svg viewBox="0 0 10 10" aria-hidden="true">
								<rect width="10" height="10" class={'land step-' + (i + 1)} />
							</svg>
							{last === null ? s.toLocaleString('en') + ' and more' : last === s ? s : `${s.toLocaleString('en')}–${last.toLocaleString('en')}`}
						</span>
					);
				})}
			</figcaption>
		</figure>
	);
}
