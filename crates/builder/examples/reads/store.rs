//! Packs by ranges of the file, counted.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use anyhow::{Result, ensure};
use builder::open::Opened;
use engine::{Answer, EngineError, PackEntry, PackStore, Piece, Placed, Traffic};
use snapshot::EncodedPack;
use snapshot::places::ByteRange;

/// A file whose readers are counted.
pub struct Store {
    file: RefCell<File>,
    placed: Placed,
    traffic: Cell<Traffic>,
}

impl Store {
    /// Nothing of it is read so far.
    pub fn open(opened: &Opened) -> Result<Self> {
        ensure!(!opened.places.is_empty(), "this snapshot does not say where its packs lie");
        Ok(Self {
            file: RefCell::new(File::open(&opened.path)?),
            placed: Placed::new(opened.places.clone(), &opened.manifest.file)?,
            traffic: Cell::default(),
        })
    }

    /// What was read.
    pub fn traffic(&self) -> Traffic {
        self.traffic.get()
    }

    fn bytes(&self, range: ByteRange) -> std::io::Result<Piece> {
        let mut bytes = vec![0; usize::try_from(range.bytes).unwrap_or(usize::MAX)];
        let mut file = self.file.borrow_mut();
        file.seek(SeekFrom::Start(range.at))?;
        file.read_exact(&mut bytes)?;
        let Traffic { requests, bytes: earlier } = self.traffic.get();
        self.traffic.set(Traffic { requests: requests + 1, bytes: earlier + range.bytes });
        Ok(Piece { at: range.at, bytes })
    }
}

impl PackStore for Store {
    fn list(&self) -> Answer<'_, Vec<PackEntry>> {
        Box::pin(async { Ok(self.placed.entries()) })
    }

    fn read<'a>(&'a self, entries: &'a [PackEntry]) -> Answer<'a, Vec<EncodedPack>> {
        Box::pin(async move {
            let plan = self.placed.plan(entries)?;
            let pieces: std::io::Result<Vec<Piece>> =
                plan.ranges.iter().map(|&range| self.bytes(range)).collect();
            let pieces = pieces.map_err(|error| EngineError::Damaged(error.to_string()))?;
            plan.gather(&pieces)
        })
    }
}
