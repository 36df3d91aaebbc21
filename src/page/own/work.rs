//! The steps from files to a dashboard; each can be stopped, and leaves what was there before.

use std::collections::BTreeSet;
use std::rc::Rc;

use js_sys::Array;
use widgets::Format;
use words::say;
use yew::prelude::*;
use yew_router::prelude::*;

use super::guess::{Guess, Tried};
use super::kept;
use super::looked::Looked;
use super::stage::{Busy, Stage};
use super::why::{ended, not_opened, trouble};
use crate::ask::use_format;
use crate::host::brought::{self, File, Trouble};
use crate::host::page::{Page, use_page};
use crate::host::random;
use crate::host::shared::Shared;
use crate::host::task;
use crate::look::language;
use crate::session::importer::{Ended, Importer, Why};
use crate::session::own::{MANIFEST, NotOpened, Own, OwnFiles};
use crate::session::state::Action;
use crate::session::store::{Dispatcher, use_store};
use crate::ui::Route;

/// Where it stands, and the steps from there.
#[derive(Clone)]
pub struct Work {
    /// Where it stands.
    pub stage: Stage,
    page: Page,
    format: Option<Format>,
    /// What is open of the reader's own.
    own: Option<Own>,
    dispatch: Dispatcher,
    navigator: Option<Navigator>,
}

impl PartialEq for Work {
    fn eq(&self, other: &Self) -> bool {
        self.stage == other.stage && self.own == other.own
    }
}

/// What tells a workbook from other archives.
const WORKBOOK: &str = "[Content_Types].xml";

/// The steps: from the beginning, or from where they were left. What is under way goes on when the view
/// is left.
#[hook]
pub fn use_work() -> Work {
    let stage = use_state_eq(kept::stage);
    {
        let stage = stage.setter();
        use_effect_with((), move |()| {
            kept::watch(Some(Callback::from(move |now| stage.set(now))));
            // It may have gone on since the view was begun.
            kept::show(kept::stage());
            || kept::watch(None)
        });
    }
    let store = use_store();
    Work {
        stage: (*stage).clone(),
        page: use_page(),
        format: use_format(),
        own: store.own.clone(),
        dispatch: store.dispatcher(),
        navigator: use_navigator(),
    }
}

impl Work {
    /// A count as the page writes them.
    pub fn number(&self, count: i64) -> String {
        self.format.as_ref().map_or_else(|| count.to_string(), |format| format.count(count))
    }

    /// So many bytes, in megabytes as the page writes them.
    pub fn megabytes(&self, bytes: f64) -> String {
        let size = bytes / 1e6;
        self.format.as_ref().map_or_else(|| format!("{size:.1}"), |format| format.decimals(size, 1))
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
        let before = kept::looked();
        kept::set_before(before.clone());
        let work = self.clone();
        self.begin(say!("Looking at the files"), async move {
            let looked = match brought.await {
                Ok(brought) => work.look(brought).await,
                Err(lost) => Err(trouble(lost)),
            };
            match (looked, before) {
                (Ok(Some(looked)), before) => {
                    kept::put_aside(before);
                    kept::show(Stage::Review(Rc::new(looked)));
                }
                (Ok(None), before) => work.go_back(before),
                (Err(message), Some(before)) => {
                    let refused = Some(Why { message: message.into(), ..Why::default() });
                    work.go_back(Some(Rc::new(Looked { refused, ..(*before).clone() })));
                }
                (Err(trouble), None) => kept::show(Stage::Choose(Some(trouble))),
            }
        });
    }

    /// Goes back to what was looked at; what was about to be read anew is.
    fn go_back(&self, looked: Option<Rc<Looked>>) {
        match looked {
            Some(looked) if looked.pending => self.read_anew((*looked).clone()),
            Some(looked) => kept::show(Stage::Review(looked)),
            None => kept::show(Stage::Choose(None)),
        }
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
        files = unpacked(files).await?;
        if files.iter().any(|(path, _)| path == WORKBOOK) {
            return Err(say!("This is a workbook of Excel: save its sheet as CSV, and bring that"));
        }
        let is_manifest = |(path, _): &File| path.rsplit('/').next() == Some(MANIFEST);
        if files.iter().any(is_manifest) {
            if self.may_close(None) {
                self.open(name, files, false).await.map_err(not_opened)?;
            }
            return Ok(None);
        }
        language::learn_importer().await;
        let mut importer = Importer::start().map_err(ended)?;
        let told = self.teller();
        let guess: Guess = importer.guess(&files, told).await.map_err(ended)?;
        let (mapping, guess) = (guess.mapping.clone(), Rc::new(guess));
        let (pending, then_build, answered) = (false, false, BTreeSet::new());
        Ok(Some(Looked {
            name,
            files,
            guess,
            mapping,
            pending,
            then_build,
            tried: None,
            refused: None,
            answered,
        }))
    }

    /// Reads the files as an answer to a question has it.
    pub fn answer(&self, looked: &Rc<Looked>, question: &str, mapping: String) {
        let mut answered = looked.answered.clone();
        answered.insert(question.to_owned());
        self.try_with(&Rc::new(Looked { answered, ..(**looked).clone() }), mapping);
    }

    /// Reads the files under another mapping, as far as what is shown of it needs; what is shown stays
    /// until then, and says so.
    pub fn try_with(&self, looked: &Rc<Looked>, mapping: String) {
        kept::end();
        if mapping.trim() == looked.guess.mapping.trim() {
            let (tried, refused) = (None, None);
            let same = Looked { mapping, pending: false, tried, refused, ..(**looked).clone() };
            return kept::show(Stage::Review(Rc::new(same)));
        }
        self.read_anew(Looked { mapping, refused: None, ..(**looked).clone() });
    }

    fn read_anew(&self, looked: Looked) {
        let next = Looked { pending: true, ..looked };
        kept::show(Stage::Review(Rc::new(next.clone())));
        let (working, work) = (self.page.busy.begin(), self.clone());
        kept::begin(task::start(async move {
            let _working = working;
            let tried = async {
                let from = next.guess.from.as_str();
                Importer::start()?.tried::<Tried>(&next.files, &next.mapping, from, drop).await
            };
            let tried = tried.await.map_err(|error| match error {
                Ended::Refused(why) => why,
                broken => Why { message: ended(broken).into(), ..Why::default() },
            });
            // Who pressed the button meanwhile need not press it again.
            let is_wanted = kept::looked().is_some_and(|now| now.then_build);
            let read = Looked { pending: false, then_build: false, tried: Some(tried), ..next };
            let read = Rc::new(read);
            kept::show(Stage::Review(read.clone()));
            if is_wanted && read.builds() {
                work.build(&read);
            }
        }));
    }

    /// Builds what was looked at, and opens it; as soon as it is read, where it still is.
    pub fn build(&self, looked: &Rc<Looked>) {
        // What was typed last may not be drawn yet.
        let looked = &kept::looked().unwrap_or_else(|| looked.clone());
        if looked.pending {
            let next = Looked { then_build: true, ..(**looked).clone() };
            return kept::show(Stage::Review(Rc::new(next)));
        }
        if !self.may_close(Some(looked)) {
            return;
        }
        kept::set_before(Some(looked.clone()));
        let (work, looked) = (self.clone(), looked.clone());
        self.begin(say!("Building the dashboard"), async move {
            let built = async {
                let (told, from) = (work.teller(), looked.guess.from.as_str());
                Importer::start()?.build(&looked.files, &looked.mapping, from, told).await
            };
            let why = match built.await {
                Ok(files) => match work.open(looked.name.clone(), files, true).await {
                    Ok(()) => {
                        kept::set_built(Some(looked));
                        return kept::show(Stage::Choose(None));
                    }
                    Err(error) => Why { message: not_opened(error).into(), ..Why::default() },
                },
                Err(Ended::Refused(why)) => why,
                Err(broken) => Why { message: ended(broken).into(), ..Why::default() },
            };
            let refused = Looked { refused: Some(why), ..(*looked).clone() };
            kept::show(Stage::Review(Rc::new(refused)));
        });
    }

    /// False if what is open lies nowhere else, and the reader would rather keep it; it need not be asked
    /// about before it is built anew.
    fn may_close(&self, for_this: Option<&Rc<Looked>>) -> bool {
        let Some(own) = self.own.as_ref().filter(|own| own.files.made_here.get()) else {
            return true;
        };
        let built = kept::built();
        if built.zip(for_this).is_some_and(|(one, other)| Rc::ptr_eq(&one.guess, &other.guess)) {
            return true;
        }
        let question = say!(
            "{name}, which is open now, was not saved, and is gone then. Go on?",
            name = own.files.name
        );
        gloo::utils::window().confirm_with_message(&question).unwrap_or(true)
    }

    /// True if it can still be looked at how what is open was read.
    pub fn knows_how(&self) -> bool {
        matches!(self.stage, Stage::Choose(_)) && kept::built().is_some()
    }

    /// Looks again at how what is open was read, to change it and build anew.
    pub fn look_again(&self) {
        if let Some(built) = kept::built() {
            kept::show(Stage::Review(built));
        }
    }

    /// The name of what was changed, and then left for other files.
    pub fn aside(&self) -> Option<String> {
        kept::aside().map(|aside| aside.name.clone())
    }

    /// Goes back to what was left for other files.
    pub fn back_to_aside(&self) {
        kept::end();
        let aside = kept::take_aside();
        kept::put_aside(kept::looked());
        self.go_back(aside);
    }

    /// Ends what is under way, and goes back to what was there before.
    pub fn stop(&self) {
        kept::end();
        self.go_back(kept::before());
    }

    /// Begins with other files.
    pub fn anew(&self) {
        kept::end();
        kept::put_aside(kept::looked());
        kept::show(Stage::Choose(None));
    }

    /// Opens the files of a snapshot in the place of what is open, and shows the dashboard.
    async fn open(&self, name: String, files: Vec<File>, made_here: bool) -> Result<(), NotOpened> {
        kept::set_built(None);
        let id = random::bytes().map(|byte| format!("{byte:02x}")).concat();
        let (own, manifest) = OwnFiles::open(&id, name, files).await?;
        own.made_here.set(made_here);
        self.dispatch.dispatch(Action::Own(Shared::new(own), Shared::new(manifest)));
        // Whoever has left the view meanwhile stays where he is.
        if let Some(navigator) = self.navigator.as_ref().filter(|_| kept::is_watched()) {
            navigator.push(&Route::Dashboard);
        }
        Ok(())
    }

    fn begin(&self, what: String, work: impl Future<Output = ()> + 'static) {
        kept::show(Stage::Busy(Busy::begin(what)));
        let working = self.page.busy.begin();
        kept::begin(task::start(async move {
            let _working = working;
            work.await;
        }));
    }

    /// Shows what is said of work under way.
    fn teller(&self) -> impl FnMut(crate::session::importer::Stage) + use<> {
        let mut busy = match kept::stage() {
            Stage::Busy(busy) => busy,
            _ => Busy::begin(say!("Reading the files")),
        };
        move |said| {
            busy = busy.after(said);
            kept::show(Stage::Busy(busy.clone()));
        }
    }
}

/// Files with those of archives among them in the place of the archives.
async fn unpacked(files: Vec<File>) -> Result<Vec<File>, String> {
    let is_alone = files.len() == 1;
    let mut all = Vec::new();
    for (path, file) in files {
        let may_be_archive = is_alone || path.to_lowercase().ends_with(".zip");
        let inside =
            if may_be_archive { brought::unzipped(&file).await.map_err(trouble)? } else { None };
        match inside {
            Some(inside) if is_alone => all.extend(inside),
            // Each in a folder of its archive's name, as there may be others of theirs.
            Some(inside) => {
                let folder = |(name, file)| (format!("{path}/{name}"), file);
                all.extend(inside.into_iter().map(folder));
            }
            None => all.push((path, file)),
        }
    }
    Ok(all)
}
