//! The list while it is written: piece by piece from its first row to its last.

use std::rc::Rc;
use std::sync::Arc;

use engine::EngineError;
use facts::{Answer, Member, Over, View};
use gloo::timers::future::TimeoutFuture;
use widgets::csv::{Extra, csv};
use words::say;

use super::super::order::Order;
use super::pace::{Come, Pace};
use super::rows::table;
use crate::export::{file_name, header, not_saved};
use crate::host::save::Draft;
use crate::host::shared::Shared;
use crate::host::{task, timing};
use crate::look::prefs::ExportPrefs;
use crate::session::data::Data;
use crate::session::insist::insist;
use crate::session::names::NamesOfMany;
use crate::session::supply::Supply;
use crate::session::why;

/// Rows read at once.
const PIECE: u32 = 4_000;

/// Wait for an answer that is on its way, in milliseconds.
const LOOK_AGAIN_MS: u32 = 20;

/// The list while it is read.
pub struct List {
    /// Facts grow while the list is read: each piece asks those of now.
    supply: Rc<Supply>,
    /// What has happened by the time the file was wanted: rows that came or went meanwhile would
    /// be there twice, or not at all.
    over: Option<Arc<dyn Over>>,
    view: Shared<View>,
    order: Order,
    count: u32,
}

impl List {
    /// The list of a snapshot as it is now.
    pub fn of(supply: Rc<Supply>, view: Shared<View>, order: Order, count: u32) -> Self {
        Self { over: supply.over(), supply, view, order, count }
    }

    /// Reads all pieces, each of which goes to the browser at once, then hands the file to the
    /// reader. `told` hears how far it has come, and why it waits where it does.
    ///
    /// # Errors
    /// Why there is no file, in words.
    pub async fn write(
        self,
        export: ExportPrefs,
        told: impl Fn(Come, Option<String>),
    ) -> Result<(), String> {
        let earlier = self.supply.traffic().bytes;
        let (mut come, mut pace) = (Come::default(), Pace::of(self.count));
        let mut names = self.names(|error| told(Come::default(), Some(error))).await?;
        let mut draft = Draft::default();
        while come.rows < self.count {
            let (data, rows) = self.piece(come.rows).await;
            if rows.is_empty() {
                break;
            }
            let next = come.rows + rows.len() as u32;
            if next < self.count {
                // It is on its way while this one is written.
                self.look(next);
            }
            self.read_names(&mut names, &rows, come, earlier, &told).await?;
            let text = self.text(&data, &rows, &names, come.rows == 0, export);
            draft.add(text.as_bytes()).map_err(|_| not_saved())?;
            come.rows = next;
            come.bytes = self.read_since(earlier);
            come.seconds_left = pace.seconds_left(come.rows, timing::now());
            told(come, None);
            task::breath().await;
        }
        let name = file_name("customers", self.data().facts.meta());
        let saved = draft.save(&format!("{name}.csv"), "text/csv;charset=utf-8");
        saved.map_err(|_| not_saved())
    }

    fn data(&self) -> Data {
        Data::under(self.supply.clone(), self.over.clone())
    }

    fn read_since(&self, earlier: u64) -> u64 {
        self.supply.traffic().bytes.saturating_sub(earlier)
    }

    /// Where names are read from. A long list is not begun anew because the line was lost for a
    /// moment.
    async fn names(&self, told: impl Fn(String)) -> Result<NamesOfMany, String> {
        let asked = async || NamesOfMany::open(self.supply.clone()).await;
        let held = |error: &EngineError| told(error.to_string());
        insist(EngineError::may_pass, asked, held).await.map_err(|error| why(&error))
    }

    /// Reads the names of a piece, as far as they were not read with earlier ones.
    async fn read_names(
        &self,
        names: &mut NamesOfMany,
        rows: &[Member],
        come: Come,
        earlier: u64,
        told: &impl Fn(Come, Option<String>),
    ) -> Result<(), String> {
        let customers: Vec<u32> = rows.iter().map(|member| member.customer).collect();
        loop {
            let asked = async || names.read_on(&customers).await;
            let held = |error: &EngineError| told(come, Some(error.to_string()));
            let read = insist(EngineError::may_pass, asked, held).await;
            if !read.map_err(|error| why(&error))? {
                return Ok(());
            }
            told(Come { bytes: self.read_since(earlier), ..come }, None);
        }
    }

    /// What is known of a piece of the list; what is not is asked for.
    fn look(&self, offset: u32) -> Option<(Data, Vec<Member>)> {
        let data = self.data();
        let ask = self.order.ask(&self.view, data.facts.meta(), offset, PIECE);
        match data.facts.members(&ask) {
            Answer::Ready(members) => Some((data, members.rows)),
            _ => None,
        }
    }

    /// A piece of the list, as soon as it is known.
    async fn piece(&self, offset: u32) -> (Data, Vec<Member>) {
        loop {
            if let Some(known) = self.look(offset) {
                return known;
            }
            TimeoutFuture::new(LOOK_AGAIN_MS).await;
        }
    }

    /// A piece as it stands in the file.
    fn text(
        &self,
        data: &Data,
        rows: &[Member],
        names: &NamesOfMany,
        is_first: bool,
        export: ExportPrefs,
    ) -> String {
        let meta = data.facts.meta();
        let table = table(rows, names, self.view.comparison(meta).is_ok(), meta);
        if is_first {
            let title = say!("Customers");
            let lines = header(&title, None, &self.view, meta);
            let header: &[_] = if export.header { &lines } else { &[] };
            return csv(&table, Extra { header, byte_order_mark: export.byte_order_mark });
        }
        let mut text = csv(&table, Extra::default());
        // The headings stand at the top of the file alone.
        let rows = text.find("\r\n").map_or(text.len(), |at| at + 2);
        text.drain(..rows);
        text
    }
}
