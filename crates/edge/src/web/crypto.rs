//! The platform's cryptography: HMAC-SHA256, RS256, SHA-256 and randomness.

use std::cell::RefCell;
use std::collections::HashMap;

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Crypto, CryptoKey};

use crate::jwks::RsaKey;
use crate::keys::SessionKey;
use crate::token::Token;
use crate::{Refusal, base64url};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = crypto)]
    static CRYPTO: Crypto;
}

thread_local! {
    static IMPORTED: RefCell<HashMap<String, CryptoKey>> = RefCell::default();
}

const HMAC: &str = "HMAC";
const RSA: &str = "RSASSA-PKCS1-v1_5";

/// Fills bytes with fresh randomness.
pub fn random(bytes: &mut [u8]) -> Result<(), Refusal> {
    let filled = CRYPTO.with(|crypto| crypto.get_random_values_with_u8_array(bytes));
    filled.map(drop).map_err(|_| Refusal::Internal)
}

/// The digest of some bytes.
pub async fn sha256(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let bytes = Uint8Array::from(bytes);
    let digest =
        |crypto: &Crypto| crypto.subtle().digest_with_str_and_js_u8_array("SHA-256", &bytes);
    Ok(Uint8Array::new(&settled(CRYPTO.with(digest)).await?).to_vec())
}

/// The code of a message.
pub async fn sign(key: &SessionKey, message: &[u8]) -> Result<Vec<u8>, Refusal> {
    let (key, message) = (imported(key).await?, Uint8Array::from(message));
    let sign =
        |crypto: &Crypto| crypto.subtle().sign_with_str_and_js_u8_array(HMAC, &key, &message);
    Ok(Uint8Array::new(&settled(CRYPTO.with(sign)).await?).to_vec())
}

/// True if a code is that of a message; the platform compares in constant time.
pub async fn verify(key: &SessionKey, code: &[u8], message: &[u8]) -> Result<bool, Refusal> {
    verified(HMAC, &imported(key).await?, code, message).await
}

/// True if a token was signed by that key.
pub async fn verify_rs256(key: &RsaKey, token: &Token) -> Result<bool, Refusal> {
    let jwk = object(&[("kty", "RSA"), ("n", &key.n), ("e", &key.e), ("alg", "RS256")])?;
    let algorithm = object(&[("name", RSA), ("hash", "SHA-256")])?;
    let imported = import("jwk", &jwk, &algorithm, &["verify"]).await;
    // A key that does not import, or that the platform cannot compute with, verifies nothing.
    let Ok(imported) = imported else { return Ok(false) };
    let verified = verified(RSA, &imported, &token.signature, token.signed.as_bytes()).await;
    Ok(verified.unwrap_or(false))
}

async fn verified(
    algorithm: &str,
    key: &CryptoKey,
    signature: &[u8],
    message: &[u8],
) -> Result<bool, Refusal> {
    let (signature, message) = (Uint8Array::from(signature), Uint8Array::from(message));
    let verify = |crypto: &Crypto| {
        let subtle = crypto.subtle();
        subtle.verify_with_str_and_js_u8_array_and_js_u8_array(algorithm, key, &signature, &message)
    };
    Ok(settled(CRYPTO.with(verify)).await? == JsValue::TRUE)
}

/// The platform's key for a session key; imported once an instance.
async fn imported(key: &SessionKey) -> Result<CryptoKey, Refusal> {
    // Named by its secret too: a name may be given to another secret by another setting.
    let name = format!("{}:{}", key.id, base64url::encode(&key.secret));
    if let Some(found) = IMPORTED.with_borrow(|keys| keys.get(&name).cloned()) {
        return Ok(found);
    }
    let secret = Uint8Array::from(key.secret.as_slice());
    let algorithm = object(&[("name", HMAC), ("hash", "SHA-256")])?;
    let made = import("raw", &secret, &algorithm, &["sign", "verify"]).await?;
    IMPORTED.with_borrow_mut(|keys| keys.insert(name, made.clone()));
    Ok(made)
}

async fn import(
    format: &str,
    data: &Object,
    algorithm: &Object,
    usages: &[&str],
) -> Result<CryptoKey, Refusal> {
    let usages: Array = usages.iter().map(|usage| JsValue::from_str(usage)).collect();
    let import = |crypto: &Crypto| {
        crypto.subtle().import_key_with_object(format, data, algorithm, false, &usages)
    };
    Ok(settled(CRYPTO.with(import)).await?.unchecked_into())
}

fn object(fields: &[(&str, &str)]) -> Result<Object, Refusal> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value))
            .map_err(|_| Refusal::Internal)?;
    }
    Ok(object)
}

async fn settled(promise: Result<Promise, JsValue>) -> Result<JsValue, Refusal> {
    promise.map_err(|_| Refusal::Internal)?.await.map_err(|_| Refusal::Internal)
}
