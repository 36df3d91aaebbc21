//! `hub demo`: a snapshot, or the whole dashboard on this machine.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use crate::page::{Made, said};
use crate::site::hub;

#[test]
fn the_dashboard_stands_at_the_address_that_is_said() {
    let made = Made::new();
    let folder = made.at("demo");
    let mut program = hub(&["demo", "--serve", "--port", "0", "--customers", "60", "--seed", "3"])
        .arg("--page")
        .arg(&made.page)
        .arg("--folder")
        .arg(&folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut errors = program.stderr.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        errors.read_to_string(&mut text).unwrap();
        text
    });
    let mut line = String::new();
    BufReader::new(program.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.split_whitespace().find(|word| word.starts_with("http://127.0.0.1:"));
    let Some(url) = url else {
        program.kill().unwrap();
        panic!("{line}{}", reader.join().unwrap())
    };
    let checked = hub(&["check", url]).output().unwrap();
    assert!(checked.status.success(), "{}", said(&checked));
    assert!(folder.join("dist/data/manifest.json").exists() && folder.join("snapshot").exists());
    #[cfg(unix)]
    {
        let id = program.id().to_string();
        std::process::Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(program.wait().unwrap().success(), "it ends by itself");
    }
    let _ = program.kill();
}

#[test]
fn a_snapshot_alone_is_made_as_before() {
    let made = Made::new();
    let out = made.at("alone");
    let output =
        hub(&["demo", "--customers", "60", "--seed", "5", "--json", "--out"]).arg(&out).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let manifest = |folder: &std::path::Path| std::fs::read(folder.join("manifest.json")).unwrap();
    assert_eq!(manifest(&out), manifest(&made.snapshot));
    for (args, why) in [
        (&["demo"][..], "--serve"),
        (&["demo", "--json"], "--out"),
        (&["demo", "--port", "1"], "--serve"),
        (&["demo", "--serve", "--out", "x"], "cannot be used with"),
    ] {
        let output = hub(args).output().unwrap();
        assert!(
            !output.status.success() && said(&output).contains(why),
            "{args:?}: {}",
            said(&output)
        );
    }
}
