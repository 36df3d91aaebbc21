use std::cell::Cell;

use wasm_bindgen_test::wasm_bindgen_test;

use super::*;

const KNOWN: [&str; 3] = ["High", "Medium", "Low"];

/// What the data says.
#[derive(Default)]
struct Data {
    snapshot: &'static str,
    covered: u64,
    segment: &'static str,
}

impl Base for Data {
    fn snapshot(&self) -> &str {
        self.snapshot
    }

    fn covers(&self, seq: u64) -> bool {
        seq <= self.covered
    }

    fn segment(&self, _: &str) -> Option<&str> {
        Some(self.segment)
    }
}

fn keys() -> impl FnMut() -> String {
    thread_local!(static COUNT: Cell<u32> = const { Cell::new(0) });
    || {
        COUNT.set(COUNT.get() + 1);
        format!("key {}", COUNT.get())
    }
}

fn to(segment: &str) -> Vec<Step> {
    let (customer, name, shown) = ("C1".to_owned(), "Ada".to_owned(), "Low".to_owned());
    vec![Step { customer, name, shown, segment: segment.to_owned() }]
}

fn changed(segment: &str) -> Ledger {
    let mut ledger = Ledger::default();
    ledger.change(&to(segment), false, keys());
    ledger
}

fn shown(ledger: &Ledger) -> Option<&str> {
    ledger.edits.get("C1").and_then(Edited::segment)
}

fn known() -> Vec<String> {
    KNOWN.map(str::to_owned).to_vec()
}

/// The first change goes on its way.
fn sent(ledger: &mut Ledger) -> Wanted {
    let (customer, wanted) = ledger.due().remove(0);
    assert!(ledger.tried(&customer, &wanted.key));
    wanted
}

fn hears(ledger: &mut Ledger, asked: &Wanted, answer: Answer) {
    ledger.answered("C1", asked, answer, ("one", &known()));
}

/// What was refused last.
fn newest(ledger: &Ledger) -> &Refused {
    ledger.refusals()[0].1
}

/// What the browser keeps of a page.
fn kept(ledger: &Ledger) -> Kept {
    Kept { edits: (*ledger.edits).clone(), refused: (*ledger.refused).clone() }
}

fn accepted(segment: &str, seq: u64) -> Answer {
    Answer::Accepted { segment: segment.to_owned(), seq }
}

#[wasm_bindgen_test]
fn what_is_accepted_stays_until_the_data_says_so_once() {
    let mut ledger = changed("High");
    let asked = sent(&mut ledger);
    assert_eq!((asked.was.as_deref(), asked.before.as_str()), (Some("Low"), "Low"));
    hears(&mut ledger, &asked, accepted("High", 7));
    assert_eq!((shown(&ledger), ledger.due().len()), (Some("High"), 0));
    hears(&mut ledger, &asked, accepted("Medium", 9));
    assert_eq!(shown(&ledger), Some("High"), "an answer counts once");
    let mut data = Data { snapshot: "one", covered: 6, segment: "High" };
    ledger.settle(&data);
    assert_eq!(shown(&ledger), Some("High"), "what the data says may be of before");
    data.covered = 7;
    ledger.settle(&data);
    assert_eq!((shown(&ledger), ledger.refused.len()), (None, 0));
}

#[wasm_bindgen_test]
fn a_newer_snapshot_that_says_the_same_is_enough() {
    let mut ledger = changed("High");
    let asked = sent(&mut ledger);
    hears(&mut ledger, &asked, accepted("High", 7));
    ledger.settle(&Data { snapshot: "two", covered: 0, segment: "Low" });
    assert_eq!(shown(&ledger), Some("High"));
    ledger.settle(&Data { snapshot: "two", covered: 0, segment: "High" });
    assert_eq!(shown(&ledger), None);
    let mut local = Ledger::default();
    local.change(&to("High"), true, keys());
    assert_eq!((local.due().len(), shown(&local)), (0, Some("High")));
    local.settle(&Data { snapshot: "two", covered: 0, segment: "High" });
    assert_eq!(shown(&local), None);
}

#[wasm_bindgen_test]
fn what_is_refused_is_taken_back_and_said() {
    let mut ledger = changed("High");
    let asked = sent(&mut ledger);
    let why = Refusal::Reason("no".to_owned());
    hears(&mut ledger, &asked, Answer::Refused(why.clone()));
    let refused = newest(&ledger);
    assert_eq!((&refused.why, refused.stands.as_str()), (&why, "Low"));
    assert!(ledger.edits.is_empty() && ledger.undo.is_none());
    ledger.dismiss(&asked.key);
    assert!(ledger.refused.is_empty());
}

#[wasm_bindgen_test]
fn the_other_side_has_the_last_word() {
    for answer in [accepted("Medium", 7), Answer::Differs("Medium".to_owned())] {
        let mut ledger = changed("High");
        let asked = sent(&mut ledger);
        hears(&mut ledger, &asked, answer);
        assert_eq!(shown(&ledger), Some("Medium"));
        assert_eq!(newest(&ledger).why, Refusal::Other("Medium".to_owned()));
    }
    let mut ledger = changed("High");
    let asked = sent(&mut ledger);
    hears(&mut ledger, &asked, Answer::Differs("High".to_owned()));
    assert_eq!((shown(&ledger), ledger.refused.len()), (Some("High"), 0), "it is as was wanted");
    let mut ledger = changed("High");
    let asked = sent(&mut ledger);
    hears(&mut ledger, &asked, accepted("Unheard of", 7));
    assert_eq!((shown(&ledger), ledger.refused.len()), (None, 1), "no name of the data");
    let refused = newest(&ledger);
    assert_eq!(refused.stands, "Low", "it is told what is shown");
    assert_eq!(refused.why, Refusal::Other("Unheard of".to_owned()));
    let mut ledger = changed("High");
    let asked = sent(&mut ledger);
    hears(&mut ledger, &asked, Answer::Differs("Medium".to_owned()));
    ledger.change(&to("High"), false, keys());
    let asked = sent(&mut ledger);
    hears(&mut ledger, &asked, Answer::Differs("Unheard of".to_owned()));
    assert_eq!((shown(&ledger), newest(&ledger).stands.as_str()), (Some("Medium"), "Medium"));
}

#[wasm_bindgen_test]
fn a_step_that_was_never_on_its_way_is_taken_back_without_a_word() {
    let mut ledger = changed("High");
    ledger.undo(false, keys());
    assert!(ledger.edits.is_empty() && ledger.undo.is_none());
    let mut ledger = changed("High");
    ledger.change(&to("Low"), false, keys());
    assert!(ledger.edits.is_empty(), "back by hand");
    let mut ledger = changed("High");
    ledger.change(&to("Medium"), false, keys());
    ledger.undo(false, keys());
    assert_eq!(shown(&ledger), Some("High"), "one step alone");
    ledger.withdraw("C1", false, keys());
    assert!(ledger.edits.is_empty());
}

#[wasm_bindgen_test]
fn one_that_may_have_been_heard_is_taken_back_by_another() {
    let mut ledger = changed("High");
    let first = sent(&mut ledger);
    ledger.undo(false, keys());
    let back = ledger.due().remove(0).1;
    assert_eq!((back.segment.as_str(), back.was.as_deref()), ("Low", None));
    assert_ne!(back.key, first.key);
    hears(&mut ledger, &first, Answer::Refused(Refusal::Unclear));
    assert_eq!((shown(&ledger), ledger.refused.len()), (Some("Low"), 0), "nobody asks for it");
    hears(&mut ledger, &first, accepted("High", 3));
    assert_eq!(ledger.due().remove(0).1.was.as_deref(), Some("High"));
    let back = sent(&mut ledger);
    hears(&mut ledger, &back, accepted("Low", 4));
    ledger.settle(&Data { snapshot: "one", covered: 3, segment: "High" });
    assert_eq!(shown(&ledger), Some("Low"), "until the second is there, too");
    ledger.settle(&Data { snapshot: "one", covered: 4, segment: "Low" });
    assert_eq!(shown(&ledger), None);
}

#[wasm_bindgen_test]
fn what_was_accepted_or_is_in_the_data_is_undone_by_a_change() {
    let mut ledger = changed("High");
    let asked = sent(&mut ledger);
    hears(&mut ledger, &asked, accepted("High", 7));
    let mut there = ledger.clone();
    ledger.undo(false, keys());
    let back = ledger.due().remove(0).1;
    assert_eq!((back.segment.as_str(), back.was.as_deref()), ("Low", Some("High")));
    there.settle(&Data { snapshot: "one", covered: 7, segment: "High" });
    there.undo(false, keys());
    let back = there.due().remove(0).1;
    assert_eq!((back.segment.as_str(), back.was.as_deref()), ("Low", Some("High")));
    ledger.withdraw_all(false, keys());
    assert_eq!(ledger.due().remove(0).1.segment, "Low");
}

#[wasm_bindgen_test]
fn there_is_room_for_so_many() {
    let step = |at: usize| Step {
        customer: format!("C{at}"),
        name: "Ada".to_owned(),
        shown: "Low".to_owned(),
        segment: "High".to_owned(),
    };
    let mut ledger = Ledger::default();
    ledger.change(&(0..MOST + 3).map(step).collect::<Vec<_>>(), false, keys());
    let undo = ledger.undo.clone().unwrap();
    assert_eq!((ledger.edits.len(), undo.count(), undo.left), (MOST, MOST, 3));
    ledger.undo(false, keys());
    assert!(ledger.edits.is_empty());
}

#[wasm_bindgen_test]
fn two_tabs_agree() {
    let mut ours = changed("High");
    ours.kept(Some(kept(&ours)));
    let mut theirs = Ledger::default();
    theirs.join((*ours.stored).clone());
    assert_eq!((shown(&theirs), theirs.is_stored()), (Some("High"), true));
    // One hears of it while the other changes somebody else.
    let asked = sent(&mut theirs);
    hears(&mut theirs, &asked, accepted("High", 7));
    let other = Step { customer: "C2".to_owned(), ..to("High").remove(0) };
    ours.change(&[other], false, keys());
    ours.join(kept(&theirs));
    assert_eq!(ours.edits.len(), 2);
    assert!(ours.edits["C1"].accepted.is_some() && ours.edits["C2"].wanted.is_some());
    // What one takes back is gone in the other.
    ours.kept(Some(kept(&ours)));
    ours.join(Kept::default());
    assert!(ours.edits.is_empty());
}

#[wasm_bindgen_test]
fn what_another_tab_changed_or_was_refused_is_not_taken_back_here() {
    let both = || {
        let mut ours = changed("High");
        ours.kept(Some(kept(&ours)));
        let mut theirs = Ledger::default();
        theirs.join((*ours.stored).clone());
        (ours, theirs)
    };
    let (mut ours, mut theirs) = both();
    theirs.change(&to("Medium"), false, keys());
    ours.join(kept(&theirs));
    assert_eq!((shown(&ours), ours.undo.is_some()), (Some("Medium"), false));
    let (mut ours, mut theirs) = both();
    let asked = sent(&mut theirs);
    hears(&mut theirs, &asked, Answer::Refused(Refusal::Status(422)));
    ours.join(kept(&theirs));
    assert_eq!((shown(&ours), ours.undo.is_some()), (None, false));
    assert_eq!(newest(&ours).why, Refusal::Status(422), "it is told here, too");
    let (mut ours, mut theirs) = both();
    let asked = sent(&mut theirs);
    hears(&mut theirs, &asked, accepted("High", 7));
    ours.join(kept(&theirs));
    assert!(ours.undo.is_some(), "it stands, and can be taken back");
    ours.kept(Some(kept(&ours)));
    ours.join(Kept::default());
    assert!(ours.undo.is_some(), "the data says it by now");
}

#[wasm_bindgen_test]
fn what_the_browser_does_not_keep_lasts_as_long_as_the_page() {
    let step = |customer: &str| Step { customer: customer.to_owned(), ..to("High").remove(0) };
    let mut ours = Ledger::default();
    ours.change(&[step("C1"), step("C2"), step("C3")], false, keys());
    ours.kept(None);
    assert!(ours.is_unkept() && ours.is_stored(), "it is not asked again for the same");
    // Another window keeps something, or this one has room again for less.
    ours.join(Kept::default());
    assert_eq!(ours.edits.len(), 3);
    ours.withdraw("C2", false, keys());
    assert!(!ours.is_stored());
    let joined = Kept::joined(&ours.stored, (&ours.edits, &ours.refused), &Kept::default());
    ours.kept(Some(joined));
    assert_eq!((ours.edits.len(), ours.is_unkept(), ours.is_stored()), (2, false, true));
    // So do refusals.
    let asked = sent(&mut ours);
    hears(&mut ours, &asked, Answer::Refused(Refusal::Unclear));
    ours.kept(None);
    ours.join(kept(&Ledger { refused: Default::default(), ..ours.clone() }));
    assert_eq!(ours.refused.len(), 1);
}

#[wasm_bindgen_test]
fn what_does_not_stand_is_told_in_every_window_until_it_was_read_in_one() {
    let mut ours = changed("High");
    ours.kept(Some(kept(&ours)));
    let asked = sent(&mut ours);
    hears(&mut ours, &asked, Answer::Refused(Refusal::Unclear));
    ours.kept(Some(kept(&ours)));
    // A later visit, or another window.
    let mut theirs = Ledger::default();
    theirs.join(kept(&ours));
    assert_eq!((newest(&theirs).why.clone(), theirs.is_stored()), (Refusal::Unclear, true));
    theirs.dismiss(&asked.key);
    assert!(!theirs.is_stored());
    ours.join(kept(&theirs));
    assert!(ours.refused.is_empty());
    // Both are refused something: each tells both, the newest first.
    let mut theirs = ours.clone();
    for (ledger, segment) in [(&mut ours, "High"), (&mut theirs, "Medium")] {
        ledger.change(&to(segment), false, keys());
        let asked = sent(ledger);
        hears(ledger, &asked, Answer::Refused(Refusal::Reason(segment.to_owned())));
    }
    ours.join(kept(&theirs));
    assert_eq!((ours.refused.len(), ours.is_stored()), (2, false));
    ours.kept(Some(kept(&ours)));
    theirs.join(kept(&ours));
    assert_eq!(theirs.refusals(), ours.refusals());
}
