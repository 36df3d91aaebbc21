//! A cube's cells, as they are held in memory and stored as packs.

use super::excerpt::Excerpt;
use super::layer::Place;
use super::shape::Shape;
use super::sparse::SparseColumn;
use super::spec::{CubeSpec, Form};
use crate::pack::{EncodedPack, PackError, PackReader, PackWriter, Step};

const OF_ANOTHER_SHAPE: PackError = PackError::Damaged("a cube of another shape");

/// One block of one variant of a cube. Columns are those of its [`CubeSpec`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cube {
    /// Every cell has its value.
    Dense(Vec<Vec<i64>>),
    /// Most cells are 0.
    Sparse(SparseCube),
    /// Customers with their lines.
    Rows(Box<Excerpt>),
}

/// Columns of which most cells are 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SparseCube {
    /// The columns; one beside the first is empty here.
    pub columns: Vec<SparseColumn>,
    /// As many, of which those beside the first have a value for each of its cells, and the others
    /// none.
    pub values: Vec<Vec<i64>>,
}

impl SparseCube {
    /// Cells of zero.
    pub fn zero(spec: &CubeSpec) -> Self {
        let count = spec.columns().len();
        Self { columns: vec![SparseColumn::default(); count], values: vec![Vec::new(); count] }
    }
}

impl Cube {
    /// Bytes in memory, lists of customers left out.
    pub fn bytes(&self) -> u64 {
        let plain = |column: &Vec<i64>| (column.len() as u64).saturating_mul(8);
        match self {
            Self::Dense(columns) => columns.iter().map(plain).fold(0, u64::saturating_add),
            Self::Sparse(SparseCube { columns, values }) => {
                let cells = columns.iter().map(SparseColumn::bytes);
                cells.chain(values.iter().map(plain)).fold(0, u64::saturating_add)
            }
            Self::Rows(_) => 0,
        }
    }

    /// Encodes all cells: one pack, or those of a list of customers.
    ///
    /// # Errors
    /// [`PackError::TooLarge`].
    pub fn encode(&self, spec: &CubeSpec) -> Result<Vec<EncodedPack>, PackError> {
        let mut pack = PackWriter::default();
        match self {
            Self::Rows(excerpt) => return excerpt.encode(spec.packs.len()),
            Self::Dense(columns) => {
                for column in columns {
                    pack.column(Step::Plain, column.iter().copied());
                }
            }
            Self::Sparse(SparseCube { columns, values }) => {
                for ((column, values), kind) in columns.iter().zip(values).zip(spec.columns()) {
                    match kind.is_beside_the_first() {
                        true => drop(pack.column(Step::Plain, values.iter().copied())),
                        false => column.write(&mut pack),
                    }
                }
            }
        }
        Ok(vec![pack.finish()?])
    }

    /// Reads the pack of a place in a snapshot of some shape; lists of customers are read by
    /// [`Excerpt::take`].
    ///
    /// # Errors
    /// [`PackError::Damaged`] if the pack is not what was written.
    pub(super) fn decode(
        pack: &EncodedPack,
        shape: Shape,
        place: Place,
    ) -> Result<Self, PackError> {
        let spec = place.cube.spec();
        if !spec.is_sparse() {
            return dense(pack, spec, shape).map(Self::Dense);
        }
        let below = place.sparse_cells(shape)?;
        let (mut reader, mut read) = (PackReader::open(pack)?, SparseCube::zero(spec));
        let mut columns = read.columns.iter_mut().zip(&mut read.values).zip(spec.columns());
        columns.try_for_each(|((column, values), kind)| {
            match kind.is_beside_the_first() {
                true => reader.column(values)?,
                false => *column = SparseColumn::read(&mut reader, below)?,
            }
            Ok::<(), PackError>(())
        })?;
        let first = read.columns.first().map_or(0, SparseColumn::len);
        let mut beside = read.values.iter().zip(spec.columns());
        if beside.any(|(values, kind)| kind.is_beside_the_first() && values.len() != first) {
            return Err(OF_ANOTHER_SHAPE);
        }
        Ok(Self::Sparse(read))
    }

    /// The list of customers, to be filled; none of other cubes.
    pub(super) fn rows_mut(&mut self) -> Option<&mut Excerpt> {
        match self {
            Self::Rows(excerpt) => Some(excerpt),
            Self::Dense(_) | Self::Sparse(_) => None,
        }
    }
}

fn dense(pack: &EncodedPack, spec: &CubeSpec, shape: Shape) -> Result<Vec<Vec<i64>>, PackError> {
    debug_assert!(spec.form != Form::Rows, "lists are read part by part");
    let cells = usize::try_from(spec.cells(shape)).map_err(|_| OF_ANOTHER_SHAPE)?;
    let mut reader = PackReader::open_of(pack, cells)?;
    let mut columns = vec![Vec::new(); spec.columns().len()];
    for column in &mut columns {
        reader.column(column)?;
        if column.len() != cells {
            return Err(OF_ANOTHER_SHAPE);
        }
    }
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cubes::{CubeId, SMALL};

    const SHAPE: Shape = SMALL;

    fn round(cube: &Cube, shape: Shape, place: Place) -> Result<Cube, PackError> {
        Cube::decode(&cube.encode(place.cube.spec()).unwrap()[0], shape, place)
    }

    #[test]
    fn dense_cells_round_trip_and_have_a_shape() {
        let place = Place::of(CubeId::Windows);
        let mut columns = vec![vec![0; 40]; 5];
        columns[4][7] = 9;
        let cube = Cube::Dense(columns);
        assert_eq!(round(&cube, SHAPE, place).as_ref(), Ok(&cube));
        assert!(round(&cube, Shape { months: 5, ..SHAPE }, place).is_err());
    }

    #[test]
    fn blocks_round_trip_and_have_a_shape() {
        let place = Place { block: 2, ..Place::of(CubeId::DayWindows) };
        let (_, block) = SHAPE.block(CubeId::DayWindows, 0, 64).unwrap();
        let mut cells = SparseCube::zero(place.cube.spec());
        cells.columns[0].push(block.cell(1, 3, 70), 2);
        cells.values[1].push(-990);
        cells.columns[4].push(4607, 1);
        let cube = Cube::Sparse(cells.clone());
        assert_eq!(round(&cube, SHAPE, place).as_ref(), Ok(&cube));
        assert!(round(&cube, SHAPE, Place { block: 3, ..place }).is_err(), "a smaller block");
        assert!(round(&cube, SHAPE, Place { block: 4, ..place }).is_err(), "no block");
        cells.values[1].clear();
        assert!(round(&Cube::Sparse(cells), SHAPE, place).is_err());
    }

    #[test]
    fn gaps_round_trip_and_have_a_shape() {
        let place = Place { variant: 1, ..Place::of(CubeId::FeedbackGaps) };
        let mut cells = SparseCube::zero(place.cube.spec());
        cells.columns[4].push(16 * 25 - 1, 7);
        cells.columns[6].push(0, 1);
        let cube = Cube::Sparse(cells.clone());
        assert_eq!(round(&cube, SHAPE, place).as_ref(), Ok(&cube));
        cells.columns[4].push(16 * 25, 7);
        assert!(round(&Cube::Sparse(cells), SHAPE, place).is_err());
    }
}
