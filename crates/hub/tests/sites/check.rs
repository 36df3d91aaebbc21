//! `hub check`: nothing to say of a good host, and the fault of a bad one by its name.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::broken::{Asked, Fault, Host, Reply};
use crate::faults::FAULTS;
use crate::page::{Made, said};
use crate::site::{Site, hub};

/// What is found at an address: whether all is well, and everything that was said.
fn check(url: &str) -> (bool, Value) {
    let output = hub(&["check", "--json", url]).output().unwrap();
    let report: Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
    assert_eq!(output.status.success(), report["sound"] == true, "{report:#}");
    (output.status.success(), report)
}

/// The names of what was found, of one grade.
fn found(report: &Value, grade: &str) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap();
    let of_grade = findings.iter().filter(|finding| finding["grade"] == grade);
    let mut names: Vec<String> =
        of_grade.map(|finding| finding["id"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names.dedup();
    names
}

fn right(_: &Asked, _: &mut Reply, _: &Path) {}

#[test]
fn there_is_nothing_to_say_of_a_host_that_does_as_it_should() {
    let made = Made::new();
    let out = made.made("dist", &["--base", "/shop/"]);
    let host = Host::of(&out, "/shop/", right);
    let (sound, report) = check(&host.url);
    assert!(sound, "{report:#}");
    assert_eq!(report["findings"], serde_json::json!([]), "{report:#}");
    let manifest = fs::read_to_string(made.snapshot.join("manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(report["snapshot"], manifest["meta"]["snapshot_id"]);
    let told = hub(&["check", &format!("{}index.html", host.url)]).output().unwrap();
    assert!(told.status.success() && said(&told).contains("sound, 0 remarks"), "{}", said(&told));
}

#[test]
fn a_site_that_hub_serves_is_sound() {
    let made = Made::new();
    for publish in ["single", "chunked"] {
        let folder = tempfile::tempdir().unwrap();
        if publish == "chunked" {
            fs::remove_dir_all(&made.snapshot).unwrap();
            let how =
                ["demo", "--customers", "60", "--publish", "chunked", "--chunk-bytes", "65536"];
            let output = hub(&how).arg("--out").arg(&made.snapshot).output().unwrap();
            assert!(output.status.success(), "{}", said(&output));
        }
        let output = made.site(folder.path(), &["--base", "/shop/"]);
        assert!(output.status.success(), "{}", said(&output));
        let site = Site::with(folder, "/shop/");
        let (sound, report) = check(&format!("http://{}/shop/", site.host()));
        assert!(sound, "{publish}: {report:#}");
        assert_eq!(found(&report, "remark"), [""; 0], "{publish}: {report:#}");
    }
}

#[test]
fn each_fault_is_found_and_named_with_what_mends_it() {
    let made = Made::new();
    let out = made.made("dist", &[]);
    for (what, grade, name, fault) in FAULTS {
        let host = Host::of(&out, "/", fault);
        let (sound, report) = check(&host.url);
        assert_eq!(found(&report, grade), [name], "{what}: {report:#}");
        let other = if grade == "fault" { "remark" } else { "fault" };
        assert_eq!(found(&report, other), [""; 0], "{what}: {report:#}");
        assert_eq!(sound, grade == "remark", "{what}");
        let mends = report["findings"][0]["mend"].as_array().unwrap();
        assert!(!mends.is_empty(), "{what}: {report:#}");
    }
}

#[test]
fn headers_that_are_missing_are_told_with_their_lines() {
    let made = Made::new();
    let out = made.made("dist", &["--base", "/shop/"]);
    let host = Host::of(&out, "/shop/", |_, reply, _| {
        for name in [
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Permissions-Policy",
        ] {
            reply.drop(name);
        }
    });
    let (sound, report) = check(&host.url);
    assert!(sound, "{report:#}");
    assert_eq!(found(&report, "remark"), ["framing", "headers"]);
    let output = hub(&["check", &host.url]).output().unwrap();
    let text = said(&output);
    for line in [
        "/shop/*\n             X-Content-Type-Options: nosniff",
        "add_header Referrer-Policy",
        "sound, 4 remarks",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn a_page_for_another_place_is_found() {
    let made = Made::new();
    let out = made.made("dist", &["--base", "/shop/"]);
    let (_, report) = check(&Host::of(&out, "/other/", right).url);
    assert!(found(&report, "fault").contains(&"base".to_owned()), "{report:#}");
    let mend = &report["findings"][0]["mend"][0]["line"];
    assert_eq!(mend, "hub site … --base /other/", "{report:#}");
}

#[test]
fn chunks_that_are_missing_or_cut_are_found() {
    let made = Made::new();
    fs::remove_dir_all(&made.snapshot).unwrap();
    let how = ["demo", "--customers", "60", "--publish", "chunked", "--chunk-bytes", "65536"];
    let output = hub(&how).arg("--out").arg(&made.snapshot).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let out = made.made("dist", &[]);
    let faults: [Fault; 3] = [
        |asked, reply, _| {
            if asked.path.ends_with("/00001") {
                reply.status = 404;
            }
        },
        |asked, reply, _| {
            if asked.path.ends_with("/00000") {
                reply.body.pop();
            }
        },
        |asked, reply, _| {
            if asked.path.ends_with("/00000") {
                reply.body[0] = 0;
            }
        },
    ];
    assert!(check(&Host::of(&out, "/", right).url).0);
    for fault in faults {
        let (_, report) = check(&Host::of(&out, "/", fault).url);
        assert_eq!(found(&report, "fault"), ["chunk"], "{report:#}");
    }
}

#[test]
fn data_behind_a_sign_in_is_for_nobody_else() {
    let made = Made::new();
    let brand = made.at("closed.json");
    fs::write(&brand, r#"{"signIn": {"clientId": "1-a.apps.googleusercontent.com"}}"#).unwrap();
    let out = made.made("dist", &["--brand", brand.to_str().unwrap()]);
    let (_, report) = check(&Host::of(&out, "/", right).url);
    assert_eq!(found(&report, "fault"), ["unguarded"], "{report:#}");
    let guarded = Host::of(&out, "/", |asked, reply, _| {
        if asked.path.starts_with("data/") {
            reply.status = 401;
            reply.body.clear();
        }
    });
    let (sound, report) = check(&guarded.url);
    assert!(sound, "{report:#}");
}

#[test]
fn where_there_is_no_site_that_is_said() {
    let empty = tempfile::tempdir().unwrap();
    fs::write(empty.path().join("index.html"), "<title>Other</title>").unwrap();
    fs::write(empty.path().join("_headers"), "").unwrap();
    let (_, report) = check(&Host::of(empty.path(), "/", right).url);
    assert_eq!(found(&report, "fault"), ["no-page"]);
    // Nobody listens there any more.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (_, report) = check(&format!("http://127.0.0.1:{port}/"));
    assert_eq!(found(&report, "fault"), ["no-answer"]);
    let output = hub(&["check", "example"]).output().unwrap();
    assert!(!output.status.success() && said(&output).contains("an address is expected"));
}
