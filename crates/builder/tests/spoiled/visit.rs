//! Reads a snapshot by the readers of the page: manifest, record, places, columns, cubes.

use std::collections::BTreeSet;
use std::sync::Arc;

use builder::build::{self, Options};
use builder::disk;
use builder::progress::Progress;
use builder::publish::PublishMode;
use engine::native::block_on;
use engine::{
    Answer, EngineError, PackEntry, PackStore, PeopleIndex, PeopleRead, Piece, Placed, SliceReader,
};
use facts::{Columns, Cubes, Facts, Question, Recorded, Reply, Sliced, Source};
use snapshot::cubes::Layer;
use snapshot::first_view::More;
use snapshot::places::{PackPlace, chunk_parts};
use snapshot::slices::{PACK_AMOUNTS, PACK_ANSWERS, PACK_LINES, PACK_SCORES, Wanted};
use snapshot::tables::CUSTOMER_360;
use snapshot::{EncodedPack, Manifest, Publishing, SideFile};

use crate::asked;
use crate::chance::Chance;
use crate::shop;

/// The files of a published snapshot.
#[derive(Clone)]
pub struct Files {
    pub manifest: String,
    pub places: String,
    pub more: String,
    pub database: Arc<[u8]>,
}

/// A pack that is another one than the file holds.
pub enum Patch {
    None,
    Pack { name: String, block: u32, pack: EncodedPack },
}

impl Patch {
    pub fn name(&self) -> String {
        match self {
            Self::None => "nothing".to_owned(),
            Self::Pack { name, block, .. } => format!("{name} {block}"),
        }
    }
}

impl Files {
    /// Builds a small shop with everything in it, so that a visit takes milliseconds.
    pub fn build() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (from, out) = (folder.path().join("in"), folder.path().join("out"));
        shop::write(&from);
        let mapping = from.join("mapping.toml");
        let progress = Progress::Silent;
        let options = Options {
            out: out.clone(),
            publish: PublishMode::Single,
            built_at: None,
            covers: 0,
            pairs_from: Some(0),
            progress,
        };
        let import = disk::import(from, disk::mapping(&mapping).unwrap());
        let manifest = build::build(&options, |loader| import.feed(loader, &progress)).unwrap();
        let read = |path: &str| std::fs::read_to_string(out.join(path)).unwrap();
        let more = manifest.first_view.as_ref().and_then(|view| view.more.clone()).unwrap();
        let Publishing::Single { path } = &manifest.file.publishing else { unreachable!() };
        Self {
            manifest: read("manifest.json"),
            places: read(&manifest.file.places.as_ref().unwrap().path),
            more: read(&more.path),
            database: std::fs::read(out.join(path)).unwrap().into(),
        }
    }

    /// All packs, as they lie in the file.
    pub fn packs(&self) -> Vec<(PackEntry, EncodedPack)> {
        let manifest = Manifest::from_json(&self.manifest).unwrap();
        let store = Store::open(self, &manifest, &Patch::None).unwrap();
        let entries = block_on(store.list()).unwrap();
        let packs = block_on(store.read(&entries)).unwrap();
        entries.into_iter().zip(packs).collect()
    }
}

/// Reads everything and asks a part of everything, chosen by chance.
///
/// # Errors
/// What the page would say.
pub fn visit(files: &Files, patch: &Patch, chance: &mut Chance) -> Result<(), String> {
    let manifest = Manifest::from_json(&files.manifest).map_err(|error| error.to_string())?;
    let meta = Arc::new(manifest.meta.clone());
    let facts = Facts::of(meta.clone());
    let record = Arc::new(record(&manifest, files));
    asked::default_view(&facts.with(record.clone()));
    let store = Store::open(files, &manifest, patch)?;
    // Whoever cannot read one kind of packs may read the other.
    let columns = columns(&store, &manifest).map(|source| Arc::new(source) as Arc<dyn Source>);
    let cubes = cubes(&store, &manifest).map(|source| Arc::new(source) as Arc<dyn Source>);
    let sliced = sliced(&store, &manifest).map(|source| Arc::new(source) as Arc<dyn Source>);
    for source in [&columns, &cubes, &sliced].into_iter().flatten() {
        asked::anything(&facts.with(source.clone()), chance);
    }
    let named = names(&store, &manifest);
    columns.and(cubes).and(sliced).map(drop).and(named)
}

/// All slices at once.
fn sliced(store: &Store<'_>, manifest: &Manifest) -> Result<Sliced, String> {
    let (meta, mut wanted) =
        (Arc::new(manifest.meta.clone()), Wanted { values: true, ..Wanted::default() });
    for entry in block_on(store.list()).map_err(|error| error.to_string())? {
        let blocks = match entry.name.as_str() {
            PACK_LINES => &mut wanted.lines,
            PACK_AMOUNTS => &mut wanted.amounts,
            PACK_SCORES => &mut wanted.scores,
            PACK_ANSWERS => &mut wanted.answers,
            _ => continue,
        };
        blocks.insert(entry.block);
    }
    let read = block_on(SliceReader::default().read(store, &meta, &wanted, |_| ()));
    let read = read.map_err(|error| error.to_string())?;
    let sums = Arc::new(Recorded::default());
    Sliced::new(meta, read, wanted, sums).map_err(|error| error.to_string())
}

/// Names of everybody, as a list that is taken away reads them.
fn names(store: &Store<'_>, manifest: &Manifest) -> Result<(), String> {
    let told = |error: EngineError| error.to_string();
    let index = block_on(PeopleIndex::open(store, &manifest.meta)).map_err(told)?;
    let customers = manifest.meta.rows.get(CUSTOMER_360).copied().unwrap_or(0) as u32;
    let (wanted, mut read) =
        (index.blocks_of(&(0..customers).collect::<Vec<u32>>()), PeopleRead::default());
    for batch in index.batches(&wanted, &read) {
        read.add(block_on(index.read(store, batch)).map_err(told)?);
    }
    assert!((0..customers).all(|customer| read.get(customer).is_some()));
    Ok(())
}

fn record(manifest: &Manifest, files: &Files) -> Recorded {
    let Some(view) = &manifest.first_view else { return Recorded::default() };
    let record = Recorded::new(view.answers.read::<Vec<(Question, Reply)>>().unwrap_or_default());
    let more = view.more.as_ref().map(|file| resealed(file, &files.more));
    if let Some(Ok(more)) = more.map(|file| file.read::<More>(files.more.as_bytes())) {
        record.add(more.answers.read::<Vec<(Question, Reply)>>().unwrap_or_default());
    }
    record
}

/// Whoever spoils a file beside a manifest can spoil what the manifest says of it, too.
fn resealed(file: &SideFile, text: &str) -> SideFile {
    let (bytes, crc32) = (text.len() as u64, crc32fast::hash(text.as_bytes()));
    SideFile { bytes, crc32, ..file.clone() }
}

fn columns(store: &Store<'_>, manifest: &Manifest) -> Result<Columns, String> {
    let read = block_on(engine::read_columns(store, &manifest.meta, |_| ()));
    let engine::Columns { customers, purchases, feedback, contacts } =
        read.map_err(|error| error.to_string())?;
    let meta = Arc::new(manifest.meta.clone());
    Columns::new(meta, customers, purchases, feedback, contacts).map_err(|error| error.to_string())
}

fn cubes(store: &Store<'_>, manifest: &Manifest) -> Result<Cubes, String> {
    let entries = block_on(store.list()).map_err(|error| error.to_string())?;
    let layer = |entry: &PackEntry| Layer::of(&entry.name, entry.block);
    let layers: BTreeSet<Layer> = entries.iter().filter_map(layer).collect();
    let read = block_on(engine::read_cubes(store, &manifest.meta, &layers));
    let meta = Arc::new(manifest.meta.clone());
    Cubes::new(meta, read.map_err(|error| error.to_string())?).map_err(|error| error.to_string())
}

/// Packs by ranges of bytes, as the page reads them.
struct Store<'a> {
    placed: Placed,
    files: &'a Files,
    manifest: &'a Manifest,
    patch: &'a Patch,
}

impl<'a> Store<'a> {
    fn open(files: &'a Files, manifest: &'a Manifest, patch: &'a Patch) -> Result<Self, String> {
        let file = manifest.file.places.as_ref().ok_or("no places")?;
        let places: Vec<PackPlace> = resealed(file, &files.places).read(files.places.as_bytes())?;
        let placed = Placed::new(places, &manifest.file).map_err(|error| error.to_string())?;
        Ok(Self { placed, files, manifest, patch })
    }

    /// The bytes of the file, as far as it goes, whole or in chunks.
    fn bytes(&self, at: u64, bytes: u64) -> Result<Vec<u8>, EngineError> {
        let cut = || EngineError::CutAnswer { url: String::new(), asked: bytes, found: 0 };
        let part = |at: u64, bytes: u64| -> Result<&[u8], EngineError> {
            let from = usize::try_from(at).map_err(|_| cut())?;
            let end = usize::try_from(at.saturating_add(bytes)).map_err(|_| cut())?;
            self.files.database.get(from..end).ok_or_else(cut)
        };
        match self.manifest.file.publishing {
            Publishing::Single { .. } => part(at, bytes).map(<[u8]>::to_vec),
            Publishing::Chunked { chunk_bytes, .. } => {
                let range = snapshot::places::ByteRange { at, bytes };
                let mut read = Vec::new();
                for chunk in chunk_parts(range, chunk_bytes, self.manifest.file.bytes) {
                    let start = chunk.number.saturating_mul(chunk_bytes);
                    let inside = chunk.inside;
                    read.extend_from_slice(part(start.saturating_add(inside.at), inside.bytes)?);
                }
                Ok(read)
            }
        }
    }
}

impl PackStore for Store<'_> {
    fn list(&self) -> Answer<'_, Vec<PackEntry>> {
        let mut entries = self.placed.entries();
        if let Patch::Pack { name, block, pack } = self.patch {
            for entry in entries.iter_mut().filter(|it| it.name == *name && it.block == *block) {
                (entry.rows, entry.raw_bytes) = (pack.rows, pack.raw_bytes.into());
            }
        }
        Box::pin(async move { Ok(entries) })
    }

    fn read<'a>(&'a self, entries: &'a [PackEntry]) -> Answer<'a, Vec<EncodedPack>> {
        Box::pin(async move {
            let plan = self.placed.plan(entries)?;
            let piece = |range: &snapshot::places::ByteRange| {
                Ok(Piece { at: range.at, bytes: self.bytes(range.at, range.bytes)? })
            };
            let pieces: Result<Vec<Piece>, EngineError> = plan.ranges.iter().map(piece).collect();
            let mut packs = plan.gather(&pieces?)?;
            if let Patch::Pack { name, block, pack: other } = self.patch {
                for (entry, pack) in entries.iter().zip(&mut packs) {
                    if entry.name == *name && entry.block == *block {
                        *pack = other.clone();
                    }
                }
            }
            Ok(packs)
        })
    }
}
