//! A stand-in for Google: a key pair made here, its public half published on this machine, and tokens
//! signed by the private one.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Command;
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use edge::base64url::{decode, encode};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair, RsaPublicKeyComponents};
use serde_json::{Value, json};

pub const CLIENT: &str = "1-a.apps.googleusercontent.com";
pub const DOMAIN: &str = "shop.example";

/// Prints a fresh key, as PKCS #8 in Base64.
const MAKE: &str = "const { privateKey } = require('node:crypto').generateKeyPairSync('rsa', {
  modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'der' } });
process.stdout.write(privateKey.toString('base64url'));";

pub struct Google {
    key: RsaKeyPair,
    /// Another one, which is not published.
    other: RsaKeyPair,
    pub jwks_url: String,
    pub jwk: Value,
}

fn key() -> RsaKeyPair {
    let output = Command::new("node").args(["-e", MAKE]).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let bytes = decode(&text).unwrap_or_else(|| panic!("Node.js makes the key: {output:?}"));
    RsaKeyPair::from_pkcs8(&bytes).unwrap()
}

/// The one of these tests.
pub fn google() -> &'static Google {
    static GOOGLE: OnceLock<Google> = OnceLock::new();
    GOOGLE.get_or_init(|| {
        let (key, other) = (key(), key());
        let RsaPublicKeyComponents::<Vec<u8>> { n, e } = key.public().into();
        let (n, e) = (encode(&n), encode(&e));
        let jwk =
            json!({ "kty": "RSA", "alg": "RS256", "use": "sig", "kid": "g1", "n": n, "e": e });
        let jwks_url = published(&json!({ "keys": [jwk] }).to_string());
        Google { key, other, jwks_url, jwk }
    })
}

/// Serves a text to whoever asks, for as long as the tests run.
fn published(text: &str) -> String {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/certs", server.local_addr().unwrap());
    let length = text.len();
    let answer = format!(
        "HTTP/1.1 200 OK\r\nCache-Control: max-age=3600\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{text}"
    );
    std::thread::spawn(move || {
        for mut stream in server.incoming().map_while(Result::ok) {
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
            // Who has gone needs no answer.
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    url
}

/// Seconds since 1970.
#[allow(clippy::disallowed_methods, reason = "tokens are of now")]
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// What Google says of an account of the domain that is let in.
pub fn claims(nonce: &str) -> Value {
    json!({
        "iss": "https://accounts.google.com", "aud": CLIENT, "azp": CLIENT, "sub": "1101694844743",
        "email": format!("ann@{DOMAIN}"), "email_verified": true, "hd": DOMAIN, "name": "Ann",
        "iat": now() - 5, "exp": now() + 3595, "nonce": nonce,
    })
}

impl Google {
    /// A token of claims.
    pub fn token(&self, claims: &Value) -> String {
        Self::signed(&json!({ "alg": "RS256", "kid": "g1", "typ": "JWT" }), claims, &self.key)
    }

    /// The same by a key that nobody publishes, under the name of the one that is.
    pub fn forged(&self, claims: &Value) -> String {
        Self::signed(&json!({ "alg": "RS256", "kid": "g1" }), claims, &self.other)
    }

    fn signed(header: &Value, claims: &Value, key: &RsaKeyPair) -> String {
        by(header, claims, |text| {
            let mut signature = vec![0; key.public().modulus_len()];
            key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text, &mut signature).unwrap();
            signature
        })
    }
}

/// A token of a header and claims with any signature.
pub fn by(header: &Value, claims: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let text = format!(
        "{}.{}",
        encode(header.to_string().as_bytes()),
        encode(claims.to_string().as_bytes())
    );
    let signature = encode(&sign(text.as_bytes()));
    format!("{text}.{signature}")
}
