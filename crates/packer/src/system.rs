//! What a program asks of the system that runs it.

/// The version of glibc, as in 2.36 the second number.
type Minor = u32;

/// Images for containers that hold little more than a C library, with the version of it.
const IMAGES: [(Minor, &str); 2] = [(36, "debian:12-slim"), (41, "debian:13-slim")];

/// The C library that a program needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Linux, and nothing else.
    Linux,
    /// Linux with glibc of at least 2 and this.
    Glibc(Minor),
    /// Another system.
    Other,
}

impl Needs {
    /// What a program for a target asks for.
    pub fn of(target: &str, program: &[u8]) -> Self {
        if !target.contains("-linux") {
            return Self::Other;
        }
        glibc(program).map_or(Self::Linux, Self::Glibc)
    }

    /// The image of a container for it; none if it is not for Linux, or needs a newer library than any has.
    pub fn image(self) -> Option<&'static str> {
        match self {
            Self::Linux => Some("scratch"),
            Self::Glibc(needed) => {
                IMAGES.iter().find(|(minor, _)| *minor >= needed).map(|(_, image)| *image)
            }
            Self::Other => None,
        }
    }
}

/// The newest version of glibc that a program names; none if it is not linked to it.
fn glibc(program: &[u8]) -> Option<Minor> {
    const MARK: &[u8] = b"GLIBC_2.";
    let after = |at: usize| program.get(at.checked_add(MARK.len())?..);
    let found = program.windows(MARK.len()).enumerate().filter(|(_, window)| *window == MARK);
    found.filter_map(|(at, _)| number(after(at)?)).max()
}

fn number(bytes: &[u8]) -> Option<u32> {
    let digits: Vec<u8> = bytes.iter().copied().take_while(u8::is_ascii_digit).collect();
    std::str::from_utf8(&digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_names_the_library_that_it_needs() {
        let linked = b"\0GLIBC_2.17\0GLIBC_2.34\0GLIBC_2.2.5\0GLIBC_PRIVATE\0GLIBC_2.";
        let gnu = "x86_64-unknown-linux-gnu";
        assert_eq!(Needs::of(gnu, linked), Needs::Glibc(34));
        assert_eq!(Needs::of("x86_64-unknown-linux-musl", b"\x7fELF"), Needs::Linux);
        assert_eq!(Needs::of("aarch64-apple-darwin", linked), Needs::Other);
    }

    #[test]
    fn an_image_has_the_library_or_none_is_named() {
        assert_eq!(Needs::Linux.image(), Some("scratch"));
        assert_eq!(Needs::Glibc(34).image(), Some("debian:12-slim"));
        assert_eq!(Needs::Glibc(36).image(), Some("debian:12-slim"));
        assert_eq!(Needs::Glibc(37).image(), Some("debian:13-slim"));
        assert_eq!(Needs::Glibc(99).image(), None);
        assert_eq!(Needs::Other.image(), None);
    }
}
