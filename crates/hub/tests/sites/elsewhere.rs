//! `hub check` of a page whose data lies on another host.

use std::fs;
use std::net::TcpListener;

use serde_json::Value;

use crate::broken::{Fault, Host};
use crate::page::Made;
use crate::site::hub;

fn faults(fault: Fault) -> Vec<String> {
    let made = Made::new();
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    let manifest = format!("http://{}/manifest.json", elsewhere.local_addr().unwrap());
    let brand = made.at("elsewhere.json");
    fs::write(&brand, serde_json::json!({ "snapshot": manifest }).to_string()).unwrap();
    let out = made.made("dist", &["--brand", brand.to_str().unwrap()]);
    // The other host has the data alone, with rules of its own.
    let data = out.join("data");
    fs::write(data.join("404.html"), "not found").unwrap();
    let rules = "/*\n  Access-Control-Allow-Origin: *\n  Access-Control-Expose-Headers: Content-Range, ETag\n  \
                 Access-Control-Allow-Headers: Range\n  Cache-Control: public, max-age=31536000, immutable\n\
                 /manifest.json\n  Cache-Control: no-cache\n";
    fs::write(data.join("_headers"), rules).unwrap();
    let _data = Host::on(elsewhere, &data, "/", fault);
    let page = Host::of(&out, "/", |_, _, _| ());
    let output = hub(&["check", "--json", &page.url]).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    findings.map(|finding| format!("{}: {}", finding["id"], finding["what"])).collect()
}

#[test]
fn data_of_another_host_is_to_be_allowed_by_it() {
    assert_eq!(faults(|_, _, _| ()), [""; 0]);
    let cases: [(&str, Fault); 3] = [
        ("Access-Control-Allow-Origin is missing", |_, reply, _| {
            reply.drop("Access-Control-Allow-Origin");
        }),
        ("Access-Control-Expose-Headers is without", |_, reply, _| {
            reply.set("Access-Control-Expose-Headers", "ETag");
        }),
        ("allows no Range", |asked, reply, _| {
            if asked.method == "OPTIONS" {
                reply.status = 405;
            }
        }),
    ];
    for (what, fault) in cases {
        let said = faults(fault);
        assert!(
            matches!(&said[..], [one] if one.starts_with("\"cors\"") && one.contains(what)),
            "{what}: {said:?}"
        );
    }
}
