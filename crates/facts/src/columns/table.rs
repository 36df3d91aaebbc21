//! A value for each 16-bit code: a look-up that needs no check of its bounds.

/// Codes of 16 bits.
const CODES: usize = 1 << 16;

/// What a code stands for.
pub(super) struct Table<T>(Box<[T; CODES]>);

impl<T: Copy> Table<T> {
    /// The same for all codes.
    pub fn filled(value: T) -> Self {
        let made: Result<Box<[T; CODES]>, _> = vec![value; CODES].into_boxed_slice().try_into();
        Self(made.unwrap_or_else(|_| Box::new([value; CODES])))
    }

    /// These for the first codes, and the same for all others.
    pub fn of(other: T, first: impl IntoIterator<Item = T>) -> Self {
        let mut table = Self::filled(other);
        for (into, value) in table.0.iter_mut().zip(first) {
            *into = value;
        }
        table
    }

    /// Sets what the codes from `from` up to before `to` stand for.
    pub fn fill(&mut self, from: usize, to: usize, value: T) {
        self.0[from.min(CODES)..to.clamp(from, CODES)].fill(value);
    }

    /// What a code stands for.
    #[inline]
    pub fn at(&self, code: u16) -> T {
        self.0[usize::from(code)]
    }
}
