import { render } from 'preact';
import { LocationProvider, Router, Route, ErrorBoundary, lazy } from 'preact-iso';
import { Frame } from './ui/Frame';
import { applyTheme } from './ui/Theme';
import { NotFound } from './views/NotFound';
import { Overview } from './views/Overview';
import './style.css';
import './records.css';
import './overview.css';
import './media.css';

// What the API gives is for the browser, not for the views.
const ours = /^(?!\/api\/)/;

// A view is fetched when it is first looked at.
const Register = lazy(() => import('./views/Register').then((m) => m.Register));
const PageView = lazy(() => import('./views/PageView').then((m) => m.PageView));
const Country = lazy(() => import('./views/Country').then((m) => m.Country));
const Pair = lazy(() => import('./views/Pair').then((m) => m.Pair));
const Person = lazy(() => import('./views/Person').then((m) => m.Person));
const Instrument = lazy(() => import('./views/Instrument').then((m) => m.Instrument));
const Agenda = lazy(() => import('./views/Agenda').then((m) => m.Agenda));
const Conflicts = lazy(() => import('./views/Conflicts').then((m) => m.Conflicts));
const Coverage = lazy(() => import('./views/Coverage').then((m) => m.Coverage));
const Unknown = lazy(() => import('./views/Unknown').then((m) => m.Unknown));
const Search = lazy(() => import('./views/Search').then((m) => m.Search));
const Stories = lazy(() => import('./views/Stories').then((m) => m.Stories));
const Story = lazy(() => import('./views/Story').then((m) => m.Story));
const QuoteView = lazy(() => import('./views/QuoteView').then((m) => m.QuoteView));
const EventView = lazy(() => import('./views/EventView').then((m) => m.EventView));
const Review = lazy(() => import('./views/Review').then((m) => m.Review));

function App() {
	return (
		<LocationProvider scope={ours}>
			<ErrorBoundary>
				<Frame>
					<Router>
						<Route path="/" component={Overview} />
						<Route path="/register/:name" component={Register} />
						<Route path="/page/:id" component={PageView} />
						<Route path="/country/:code" component={Country} />
						<Route path="/pair/:one/:other" component={Pair} />
						<Route path="/person/:name" component={Person} />
						<Route path="/instrument/:id" component={Instrument} />
						<Route path="/agenda" component={Agenda} />
						<Route path="/conflicts" component={Conflicts} />
						<Route path="/coverage" component={Coverage} />
						<Route path="/unknown" component={Unknown} />
						<Route path="/search" component={Search} />
						<Route path="/stories" component={Stories} />
						<Route path="/story/:id" component={Story} />
						<Route path="/quote/:id" component={QuoteView} />
						<Route path="/event/:id" component={EventView} />
						<Route path="/review" component={Review} />
						<Route path="/review/:record" component={Review} />
						<Route default component={NotFound} />
					</Router>
				</Frame>
			</ErrorBoundary>
		</LocationProvider>
	);
}

applyTheme();
render(<App />, document.getElementById('app')!);
