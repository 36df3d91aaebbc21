//! A guarded site, and a reader of it with a browser's cookies.

use edge::base64url::encode;
use edge::cookie::{NONCE, SESSION};
use edge::seal;
use edge::session::Session;
use ring::hmac;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::google::{CLIENT, DOMAIN, claims, google, now};
use crate::hub::{Answer, Hub, built};

/// What of a refusal everybody is told: the edge's own words.
pub fn told(refusal: edge::Refusal) -> (u16, String) {
    let reply = edge::reply::Reply::refuse(refusal);
    (reply.status, reply.body)
}

/// A session key of these tests, by its name.
pub fn secret(name: &str) -> Vec<u8> {
    ring::digest::digest(&ring::digest::SHA256, name.as_bytes()).as_ref().to_vec()
}

/// The setting for session keys, the signing one first.
pub fn keys(names: &[&str]) -> String {
    let key = |name: &&str| format!("{name}:{}", encode(&secret(name)));
    names.iter().map(key).collect::<Vec<_>>().join(",")
}

/// The settings of a sign-in, some of them otherwise.
pub fn settings(changes: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    let whole = [
        ("GOOGLE_CLIENT_ID", CLIENT.to_owned()),
        ("SESSION_KEYS", keys(&["k1"])),
        ("ALLOWED_DOMAINS", DOMAIN.to_owned()),
        ("JWKS_URL", google().jwks_url.clone()),
    ];
    let changed = changes.iter().map(|(name, value)| (*name, (*value).to_owned()));
    let kept = whole.into_iter().filter(|(name, _)| changes.iter().all(|(other, _)| other != name));
    kept.chain(changed).collect()
}

/// A site whose page asks for a sign-in.
pub fn asking() -> TempDir {
    let folder = built();
    let config = json!({ "signIn": { "clientId": CLIENT } }).to_string();
    std::fs::write(folder.path().join("config.json"), config).unwrap();
    folder
}

/// A guarded site with a live channel, some of its settings otherwise.
pub fn guarded(changes: &[(&'static str, &str)]) -> Hub {
    let folder = tempfile::tempdir().unwrap();
    Hub::with_settings(asking(), folder, &["--live"], &settings(changes))
}

/// The value of a cookie that an answer sets.
pub fn set(answer: &Answer, name: &str) -> Option<String> {
    let lines = answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap());
    let mut pairs = lines.filter_map(|line| line.split(';').next()?.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

impl Hub {
    /// The origin of its page.
    pub fn origin(&self) -> String {
        format!("http://{}", self.site.host())
    }

    /// A POST of the page itself to one of the endpoints, with more headers.
    pub fn post(&self, name: &str, cookie: &str, more: &[(&str, &str)], body: &str) -> Answer {
        let origin = self.origin();
        let own = [
            ("origin", origin.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/json"),
            ("cookie", cookie),
        ];
        let own = own.iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
        let headers: Vec<(&str, &str)> = own.chain(more).copied().collect();
        self.site.send("POST", &format!("/api/auth/{name}"), &headers, body)
    }

    /// Begins a sign-in: the cookie, and what Google is handed.
    pub fn begin(&self) -> (String, String) {
        let answer = self.site.get("/api/auth/nonce");
        assert_eq!(answer.status, 200, "{}", answer.body);
        let cookie = format!("{NONCE}={}", set(&answer, NONCE).unwrap());
        (cookie, answer.json()["nonce"].as_str().unwrap().to_owned())
    }

    /// Presents a token.
    pub fn present(&self, token: &str, cookie: &str) -> Answer {
        self.present_from(&self.origin(), token, cookie)
    }

    /// The same from a page of that origin.
    fn present_from(&self, origin: &str, token: &str, cookie: &str) -> Answer {
        let body = json!({ "credential": token }).to_string();
        self.post("google", cookie, &[("origin", origin)], &body)
    }

    /// Signs in with claims that are changed; one that is null is left out.
    pub fn sign_in(&self, changes: &Value) -> Answer {
        let (cookie, nonce) = self.begin();
        let mut claims = claims(&nonce);
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        self.present(&google().token(&claims), &cookie)
    }

    /// The cookie of somebody who has signed in.
    pub fn signed_in(&self) -> String {
        self.signed_in_at(&self.origin())
    }

    /// The same where browsers see the page at that origin.
    pub fn signed_in_at(&self, origin: &str) -> String {
        let (cookie, nonce) = self.begin();
        let answer = self.present_from(origin, &google().token(&claims(&nonce)), &cookie);
        assert_eq!(answer.status, 200, "{}", answer.body);
        format!("{SESSION}={}", set(&answer, SESSION).unwrap())
    }

    /// Asks with a cookie.
    pub fn reads(&self, cookie: &str, path: &str) -> Answer {
        self.site.ask("GET", path, &[("cookie", cookie)])
    }
}

/// A session's cookie with a right code by a key of that name, whatever it says.
pub fn sealed(key: &str, session: &Session) -> String {
    let payload = session.write();
    let made = hmac::Key::new(hmac::HMAC_SHA256, &secret(key));
    let code = hmac::sign(&made, seal::message(SESSION, key, &payload).as_bytes());
    format!("{SESSION}={}", seal::value(key, &payload, code.as_ref()))
}

/// A session of somebody who is let in, that began and ends so many seconds from now.
pub fn session(began: i64, ends: i64) -> Session {
    let at = |seconds: i64| now().checked_add_signed(seconds).unwrap();
    let identity = edge::sign_in::Identity {
        sub: "7".to_owned(),
        hd: Some(DOMAIN.to_owned()),
        ..Default::default()
    };
    let (begun, exp) = (at(began), at(ends));
    Session { sid: "s".to_owned(), identity, begun, iat: begun, exp }
}
