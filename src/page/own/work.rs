//! The steps from files to a dashboard; each can be stopped, and leaves what was there before.

use std::cell::RefCell;
use std::rc::Rc;

use engine::EngineError;
use js_sys::Array;
use widgets::Format;
use words::say;
use yew::prelude::*;
use yew_router::prelude::*;

use super::guess::{Guess, Tried};
use super::looked::{self, Looked};
use super::stage::{Busy, Stage};
use crate::ask::use_format;
use crate::host::brought::{self, File, Trouble};
use crate::host::page::{Page, use_page};
use crate::host::random;
use crate::host::shared::Shared;
use crate::host::task::{self, Task};
use crate::session::importer::{Ended, Importer, Why};
use crate::session::own::{MANIFEST, NotOpened, OwnFiles};
use crate::session::state::Action;
use crate::session::store::{Dispatcher, use_store};
use crate::ui::Route;

/// Where it stands, and the steps from there.
#[derive(Clone)]
pub struct Work {
    /// Where it stands.
    pub stage: UseStateHandle<Stage>,
    under_way: Rc<RefCell<Option<Task>>>,
    /// What was there before, for whoever stops.
    before: Rc<RefCell<Option<Rc<Looked>>>>,
    page: Page,
    format: Option<Format>,
    dispatch: Dispatcher,
    navigator: Option<Navigator>,
}

impl PartialEq for Work {
    fn eq(&self, other: &Self) -> bool {
        self.stage == other.stage
    }
}

/// What tells a workbook from other archives.
const WORKBOOK: &str = "[Content_Types].xml";

/// The steps: from the beginning, or from where they were left. What is under way ends with the view.
#[hook]
pub fn use_work() -> Work {
    let under_way = use_mut_ref(|| None::<Task>);
    {
        let under_way = under_way.clone();
        use_effect_with((), move |()| move || drop(under_way.take()));
    }
    let last = || looked::last().map_or(Stage::Choose(None), Stage::Review);
    Work {
        stage: use_state_eq(last),
        under_way,
        before: use_mut_ref(|| None),
        page: use_page(),
        format: use_format(),
        dispatch: use_store().dispatcher(),
        navigator: use_navigator(),
    }
}

impl Work {
    /// A count as the page writes them.
    pub fn number(&self, count: i64) -> String {
        self.format.as_ref().map_or_else(|| count.to_string(), |format| format.count(count))
    }

    /// Looks at files that were dropped or chosen; what cannot be opened leaves what was looked at before.
    pub fn bring(&self, brought: Array) {
        self.bring_when(async { Ok(brought) });
    }

    /// Looks at a file that lies beside the page.
    pub fn bring_from(&self, address: String, name: &'static str) {
        self.bring_when(async move { brought::fetched(&address, name).await });
    }

    fn bring_when(&self, brought: impl Future<Output = Result<Array, Trouble>> + 'static) {
        let before = looked::last();
        self.before.replace(before.clone());
        let work = self.clone();
        self.begin(say!("Looking at the files"), async move {
            let looked = match brought.await {
                Ok(brought) => work.look(brought).await,
                Err(lost) => Err(trouble(lost)),
            };
            match (looked, before) {
                (Ok(Some(looked)), _) => work.review(looked),
                (Ok(None), _) => {}
                (Err(message), Some(before)) => {
                    let refused = Some(Why { message, ..Why::default() });
                    work.review(Looked { refused, ..(*before).clone() });
                }
                (Err(trouble), None) => work.stage.set(Stage::Choose(Some(trouble))),
            }
        });
    }

    /// Shows what was looked at, now and when the view is opened again.
    fn review(&self, looked: Looked) {
        self.stage.set(Stage::Review(looked::keep(looked)));
    }

    /// What the files are; nothing if it was a snapshot, which is open then.
    async fn look(&self, brought: Array) -> Result<Option<Looked>, String> {
        let mut files = brought::files(&brought).await.map_err(trouble)?;
        // What systems put beside files is none of them.
        files
            .retain(|(path, _)| !path.rsplit('/').next().is_some_and(|name| name.starts_with('.')));
        let name = match &files[..] {
            [] => return Err(say!("There is no file in what was brought")),
            [(path, _)] => path.rsplit('/').next().unwrap_or(path).to_owned(),
            [(path, _), ..] => path.split('/').next().unwrap_or(path).to_owned(),
        };
        if let [(_, file)] = &files[..]
            && let Some(inside) = brought::unzipped(file).await.map_err(trouble)?
        {
            files = inside;
        }
        if files.iter().any(|(path, _)| path == WORKBOOK) {
            return Err(say!("This is a workbook of Excel: save its sheet as CSV, and bring that"));
        }
        let is_manifest = |(path, _): &File| path.rsplit('/').next() == Some(MANIFEST);
        if files.iter().any(is_manifest) {
            self.open(name, files, false).await.map_err(not_opened)?;
            return Ok(None);
        }
        let mut importer = Importer::start().map_err(ended)?;
        let told = self.teller();
        let guess: Guess = importer.guess(&files, told).await.map_err(ended)?;
        let (mapping, guess) = (guess.mapping.clone(), Rc::new(guess));
        let pending = false;
        Ok(Some(Looked { name, files, guess, mapping, pending, tried: None, refused: None }))
    }

    /// Reads the files under another mapping, as far as what is shown of it needs; what is shown stays
    /// until then, and says so.
    pub fn try_with(&self, looked: &Rc<Looked>, mapping: String) {
        self.under_way.take();
        if mapping.trim() == looked.guess.mapping.trim() {
            let (tried, refused) = (None, None);
            let same = Looked { mapping, pending: false, tried, refused, ..(**looked).clone() };
            return self.review(same);
        }
        let next = Looked { mapping, pending: true, refused: None, ..(**looked).clone() };
        self.review(next.clone());
        let (work, working) = (self.clone(), self.page.busy.begin());
        self.under_way.replace(Some(task::start(async move {
            let _working = working;
            let tried = async {
                let from = next.guess.from.as_str();
                Importer::start()?.tried::<Tried>(&next.files, &next.mapping, from, drop).await
            };
            let tried = tried.await.map_err(|error| match error {
                Ended::Refused(why) => why,
                broken => Why { message: ended(broken), ..Why::default() },
            });
            work.review(Looked { pending: false, tried: Some(tried), ..next });
        })));
    }

    /// Builds what was looked at, and opens it.
    pub fn build(&self, looked: &Rc<Looked>) {
        self.before.replace(Some(looked.clone()));
        let (work, looked) = (self.clone(), looked.clone());
        self.begin(say!("Building the dashboard"), async move {
            let built = async {
                let (told, from) = (work.teller(), looked.guess.from.as_str());
                Importer::start()?.build(&looked.files, &looked.mapping, from, told).await
            };
            match built.await {
                Ok(files) => match work.open(looked.name.clone(), files, true).await {
                    Ok(()) => looked::was_built(),
                    Err(error) => work.stage.set(Stage::Choose(Some(not_opened(error)))),
                },
                Err(Ended::Refused(why)) => {
                    work.review(Looked { refused: Some(why), ..(*looked).clone() });
                }
                Err(broken) => {
                    let refused = Some(Why { message: ended(broken), ..Why::default() });
                    work.review(Looked { refused, ..(*looked).clone() });
                }
            }
        });
    }

    /// True if it can still be looked at how what is open was read.
    pub fn knows_how(&self) -> bool {
        matches!(*self.stage, Stage::Choose(_)) && looked::built().is_some()
    }

    /// Looks again at how what is open was read, to change it and build anew.
    pub fn look_again(&self) {
        if let Some(built) = looked::built() {
            self.review((*built).clone());
        }
    }

    /// Ends what is under way, and goes back to what was there before.
    pub fn stop(&self) {
        self.under_way.take();
        self.stage.set(self.before.borrow().clone().map_or(Stage::Choose(None), Stage::Review));
    }

    /// Begins with other files.
    pub fn anew(&self) {
        self.under_way.take();
        looked::leave();
        self.stage.set(Stage::Choose(None));
    }

    /// Opens the files of a snapshot in the place of what is open, and shows the dashboard.
    async fn open(&self, name: String, files: Vec<File>, made_here: bool) -> Result<(), NotOpened> {
        looked::was_brought();
        let id = random::bytes().map(|byte| format!("{byte:02x}")).concat();
        let (own, manifest) = OwnFiles::open(&id, name, files).await?;
        own.made_here.set(made_here);
        self.dispatch.dispatch(Action::Own(Shared::new(own), Shared::new(manifest)));
        if let Some(navigator) = &self.navigator {
            navigator.push(&Route::Dashboard);
        }
        Ok(())
    }

    fn begin(&self, what: String, work: impl Future<Output = ()> + 'static) {
        self.stage.set(Stage::Busy(Busy::begin(what)));
        let working = self.page.busy.begin();
        self.under_way.replace(Some(task::start(async move {
            let _working = working;
            work.await;
        })));
    }

    /// Shows what is said of work under way.
    fn teller(&self) -> impl FnMut(crate::session::importer::Stage) + use<> {
        let stage = self.stage.setter();
        let mut busy = match &*self.stage {
            Stage::Busy(busy) => busy.clone(),
            _ => Busy::begin(say!("Reading the files")),
        };
        move |said| {
            busy = busy.after(said);
            stage.set(Stage::Busy(busy.clone()));
        }
    }
}

fn trouble(trouble: Trouble) -> String {
    match trouble {
        Trouble::Lost => say!("A part of the page did not come; try again when you are online"),
        Trouble::TooMany => say!("There are too many files: bring those alone that are to be read"),
        Trouble::Damaged => say!("The archive is damaged, or cut off: make it anew"),
        Trouble::Compressed => {
            say!("The archive is packed in a way that browsers cannot read: unpack it first")
        }
        Trouble::Refused => {
            say!("The browser could not read the files: they may have been moved, or are in use")
        }
    }
}

fn not_opened(error: NotOpened) -> String {
    match error {
        NotOpened::NoManifest => say!("There is no manifest.json among the files"),
        NotOpened::Missing(path) => {
            say!("A file of the snapshot is missing: {file}", file = path)
        }
        NotOpened::OtherLength(path) => {
            say!(
                "A file of the snapshot is not as long as its manifest says, copy it anew: {file}",
                file = path
            )
        }
        NotOpened::Damaged(EngineError::Damaged(reason)) => {
            say!("The snapshot cannot be read: {reason}", reason = reason)
        }
        NotOpened::Damaged(error) => error.to_string(),
    }
}

fn ended(ended: Ended) -> String {
    match ended {
        Ended::Refused(why) => why.message,
        Ended::Broken(message) => say!(
            "The files could not be read here: {message}. The program for hosts, hub, reads files of any size",
            message = message
        ),
    }
}
