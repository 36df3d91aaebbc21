use std::cell::Cell;
use std::rc::Rc;

use miniz_oxide::deflate::compress_to_vec;

use super::*;

/// A part as programs write it, with whatever its header has besides.
fn part(flags: u8, more: &[u8], inside: &[u8]) -> Vec<u8> {
    let mut sum = Checksum::new();
    sum.update(inside);
    let length = u32::try_from(inside.len()).unwrap();
    let mut all = vec![0x1f, 0x8b, DEFLATE, flags, 1, 2, 3, 4, 0, 255];
    all.extend_from_slice(more);
    all.extend(compress_to_vec(inside, 6));
    all.extend(sum.finalize().to_le_bytes());
    all.extend(length.to_le_bytes());
    all
}

fn text() -> Vec<u8> {
    (0..40_000_u32)
        .flat_map(|row| format!("{row},{}\n", row.wrapping_mul(row)).into_bytes())
        .collect()
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    Unpacked::new(bytes).read_to_end(&mut all)?;
    Ok(all)
}

#[test]
fn what_is_inside_is_read_whatever_the_header_has() {
    let text = text();
    for (flags, more) in [
        (0, &b""[..]),
        (NAME, b"sales.csv\0"),
        (COMMENT, b"of May\0"),
        (EXTRA, b"\x03\0abc"),
        (HEADER_SUM, b"xy"),
        (1 | EXTRA | NAME | COMMENT | HEADER_SUM, b"\x01\0ename\0\0xy"),
    ] {
        assert!(unpacked(&part(flags, more, &text)).unwrap() == text, "{flags}");
    }
    assert!(unpacked(&part(0, b"", b"")).unwrap().is_empty());
}

#[test]
fn parts_are_read_one_after_the_other_and_zeros_behind_them_are_nothing() {
    let text = text();
    let mut all = part(0, b"", b"");
    for piece in text.chunks(100_000) {
        all.extend(part(NAME, b"piece\0", piece));
    }
    all.extend([0; 70_000]);
    assert!(unpacked(&all).unwrap() == text);
    // By single bytes it is the same.
    let small = part(0, b"", b"order,day\n1,2\n");
    let (mut file, mut one, mut bytes) = (Unpacked::new(&small[..]), [0], Vec::new());
    while file.read(&mut one).unwrap() > 0 {
        bytes.extend(one);
    }
    assert_eq!(bytes, b"order,day\n1,2\n");
    all.extend(b"more");
    assert!(unpacked(&all).unwrap_err().to_string().contains("something else stands behind"));
}

#[test]
fn a_file_that_ends_too_early_is_refused_wherever_it_ends() {
    let all = part(EXTRA | NAME | HEADER_SUM, b"\x02\0abname\0xy", &text()[..3_000]);
    for end in 0..all.len() {
        let error = unpacked(&all[..end]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedEof, "{end}: {error}");
        assert!(error.to_string().contains("ends before it is complete"), "{error}");
    }
}

#[test]
fn no_change_of_what_is_compressed_goes_unnoticed() {
    let (plain, head) = (&text()[..3_000], 10);
    let all = part(0, b"", plain);
    let last = all.len() - 9;
    for at in head..all.len() {
        let mut changed = all.clone();
        changed[at] ^= 0x10;
        // The last byte may have bits to spare.
        assert!(unpacked(&changed).is_ok_and(|same| same == plain) == (at == last), "byte {at}");
    }
    for (at, value) in [(0, 0), (1, 0), (2, 7), (3, 0x20)] {
        let mut changed = all.clone();
        changed[at] = value;
        assert!(unpacked(&changed).unwrap_err().to_string().contains("damaged"), "byte {at}");
    }
}

#[test]
fn no_more_is_read_than_is_wanted() {
    struct Counted(Rc<Cell<usize>>, Vec<u8>);
    impl Read for Counted {
        fn read(&mut self, into: &mut [u8]) -> Result<usize> {
            let length = (&self.1[self.0.get()..]).read(into)?;
            self.0.set(self.0.get() + length);
            Ok(length)
        }
    }
    let taken = Rc::new(Cell::new(0));
    let noise: Vec<u8> =
        (0..1_000_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let all = part(0, b"", &[noise.clone(), text()].concat());
    assert!(all.len() > 3 * BLOCK, "{}", all.len());
    let mut file = Unpacked::new(Counted(taken.clone(), all));
    let mut first = [0; 100];
    file.read_exact(&mut first).unwrap();
    assert_eq!((first[..] == noise[..100], taken.get()), (true, BLOCK));
}

#[test]
fn only_the_ending_of_a_name_is_taken_off() {
    for (name, plain) in [
        ("sales.csv.gz", "sales.csv"),
        ("SALES.CSV.GZ", "SALES.CSV"),
        ("sales.csv", "sales.csv"),
        (".gz", ".gz"),
        ("gz", "gz"),
        ("häß", "häß"),
        ("", ""),
    ] {
        assert_eq!(unpacked_name(name), plain);
    }
}
