//! The files that a host gets.

use crate::archive::Entry;
use crate::library;
use crate::system::Needs;

const README: &str = include_str!("../host/README.md");
const README_LINUX: &str = include_str!("../host/README-linux.md");
const SERVICE: &str = include_str!("../host/hub.service");
const CONTAINER: &str = include_str!("../host/Containerfile");
const MIT: &str = include_str!("../../../LICENSE-MIT");
const APACHE: &str = include_str!("../../../LICENSE-APACHE");

/// The program's version, which is that of all crates of the project.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What comes from the place where the program was built.
pub struct Built<'a> {
    /// What it was built for.
    pub target: &'a str,
    /// The program.
    pub program: Vec<u8>,
    /// The list of others' work in it.
    pub list: String,
    /// A page on the rights in Rust's standard library.
    pub rights: Option<Vec<u8>>,
}

/// The name of the archive without its ending, and of the one folder in it.
pub fn folder(target: &str) -> String {
    format!("hub-{VERSION}-{target}")
}

/// All files of an archive.
pub fn of(built: Built<'_>) -> Vec<Entry> {
    let Built { target, program, list, rights } = built;
    let needs = Needs::of(target, &program);
    let linux = if needs == Needs::Other { "" } else { README_LINUX };
    let readme = filled(&format!("{README}{linux}"), target, needs);
    let ending = if target.contains("-windows") { ".exe" } else { "" };
    let mut files = vec![
        (format!("hub{ending}"), program),
        ("README.md".to_owned(), readme.into_bytes()),
        ("LICENSE-MIT".to_owned(), MIT.into()),
        ("LICENSE-APACHE".to_owned(), APACHE.into()),
        ("THIRD-PARTY.txt".to_owned(), list.into_bytes()),
    ];
    files.extend(rights.map(|page| (library::RIGHTS.to_owned(), page)));
    if needs != Needs::Other {
        files.push(("hub.service".to_owned(), SERVICE.into()));
    }
    if needs.image().is_some() {
        files.push(("Containerfile".to_owned(), filled(CONTAINER, target, needs).into_bytes()));
    }
    let folder = folder(target);
    let entry = |(name, bytes): (String, Vec<u8>)| {
        let runs = name.starts_with("hub") && !name.contains("service");
        Entry { path: format!("{folder}/{name}"), bytes, runs }
    };
    files.into_iter().map(entry).collect()
}

/// A text with what is known of the program in the places of its braces.
fn filled(text: &str, target: &str, needs: Needs) -> String {
    let wants = match needs {
        Needs::Linux => "It needs nothing of the system but Linux.".to_owned(),
        Needs::Glibc(minor) => format!("It needs Linux with glibc 2.{minor} or newer."),
        Needs::Other if target.contains("-apple") => {
            "It is not signed: `xattr -d com.apple.quarantine hub` has macOS run it after a download."
                .to_owned()
        }
        Needs::Other => "It needs nothing but itself.".to_owned(),
    };
    text.replace("{version}", VERSION)
        .replace("{target}", target)
        .replace("{needs}", &wants)
        .replace("{image}", needs.image().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(target: &str, program: &[u8]) -> Vec<Entry> {
        let (program, list) = (program.to_vec(), "the list".to_owned());
        of(Built { target, program, list, rights: None })
    }

    fn text(entries: &[Entry], name: &str) -> String {
        let entry = entries.iter().find(|entry| entry.path.ends_with(&format!("/{name}")));
        String::from_utf8(entry.expect(name).bytes.clone()).unwrap()
    }

    fn names(entries: &[Entry]) -> Vec<&str> {
        entries.iter().filter_map(|entry| entry.path.rsplit('/').next()).collect()
    }

    #[test]
    fn a_linux_host_gets_the_program_and_what_runs_it() {
        let target = "x86_64-unknown-linux-gnu";
        let entries = made(target, b"GLIBC_2.34");
        assert_eq!(
            names(&entries),
            [
                "hub",
                "README.md",
                "LICENSE-MIT",
                "LICENSE-APACHE",
                "THIRD-PARTY.txt",
                "hub.service",
                "Containerfile"
            ]
        );
        assert!(
            entries.iter().all(|entry| entry.path.starts_with(&format!("hub-{VERSION}-{target}/")))
        );
        let programs: Vec<&Entry> = entries.iter().filter(|entry| entry.runs).collect();
        assert_eq!(names(&entries)[0], "hub");
        assert!(programs.len() == 1 && programs[0].path.ends_with("/hub"));
        let readme = text(&entries, "README.md");
        assert!(
            readme.contains(VERSION)
                && readme.contains("glibc 2.34")
                && readme.contains("hub.service")
        );
        assert!(text(&entries, "LICENSE-MIT").contains("MIT License"));
        assert!(text(&entries, "LICENSE-APACHE").contains("Version 2.0"));
    }

    #[test]
    fn other_hosts_get_nothing_of_linux() {
        let entries = made("x86_64-pc-windows-msvc", b"MZ");
        assert_eq!(
            names(&entries),
            ["hub.exe", "README.md", "LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY.txt"]
        );
        assert!(entries[0].runs);
        assert!(!text(&entries, "README.md").contains("hub.service"));
        assert!(text(&made("aarch64-apple-darwin", b""), "README.md").contains("quarantine"));
    }

    #[test]
    fn no_brace_is_left_empty() {
        for target in
            ["x86_64-unknown-linux-gnu", "x86_64-unknown-linux-musl", "aarch64-apple-darwin"]
        {
            for entry in made(target, b"GLIBC_2.34") {
                let text = String::from_utf8(entry.bytes).unwrap();
                for brace in ["{version}", "{target}", "{needs}", "{image}"] {
                    assert!(!text.contains(brace), "{}: {brace}", entry.path);
                }
            }
        }
    }

    #[test]
    fn the_container_has_the_library_and_no_rights() {
        let container = text(&made("x86_64-unknown-linux-gnu", b"GLIBC_2.34"), "Containerfile");
        let lines: Vec<&str> = container.lines().collect();
        assert!(lines.contains(&"FROM debian:12-slim"), "{container}");
        assert!(lines.contains(&"USER 65532:65532"), "{container}");
        let container = text(&made("x86_64-unknown-linux-musl", b""), "Containerfile");
        assert!(container.contains("FROM scratch\n"), "{container}");
    }

    #[test]
    fn the_service_is_shut_in() {
        let settings: Vec<&str> = SERVICE.lines().filter(|line| !line.starts_with('#')).collect();
        for setting in [
            "DynamicUser=yes",
            "StateDirectory=hub",
            "ProtectSystem=strict",
            "ProtectHome=yes",
            "NoNewPrivileges=yes",
            "PrivateDevices=yes",
            "MemoryDenyWriteExecute=yes",
            "CapabilityBoundingSet=",
            "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK",
            "SystemCallFilter=@system-service",
        ] {
            assert!(settings.contains(&setting), "{setting}");
        }
        let starts: Vec<&&str> =
            settings.iter().filter(|line| line.starts_with("ExecStart=")).collect();
        assert_eq!(starts, [&"ExecStart=/usr/local/bin/hub serve --site /srv/hub $HUB_OPTIONS"]);
        assert!(!SERVICE.contains("User=root") && !SERVICE.contains("--host"));
    }
}
