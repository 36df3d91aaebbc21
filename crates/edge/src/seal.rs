//! The form of a sealed cookie: `v1.KEY.PAYLOAD.CODE`, the code over the cookie's name too.

use crate::cookie::LONGEST;
use crate::keys::is_key_name;
use crate::{Refusal, base64url};

const VERSION: &str = "v1";
const CODE_BYTES: usize = 32;

/// A cookie's value taken apart; nothing in it is to be believed before the code is verified.
#[derive(Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Name of the key that is said to have signed it.
    pub key: String,
    /// HMAC-SHA256 as sent.
    pub code: Vec<u8>,
    /// What the code must cover.
    pub message: String,
    /// The payload, to be read once the code is verified.
    pub payload: Vec<u8>,
}

/// What the code covers. The name is part of it, so that one cookie's value is worth nothing in
/// another.
pub fn message(name: &str, key: &str, payload: &[u8]) -> String {
    message_of(name, key, &base64url::encode(payload))
}

/// The cookie's value for a payload and the code over [`message`].
pub fn value(key: &str, payload: &[u8], code: &[u8]) -> String {
    format!("{VERSION}.{key}.{}.{}", base64url::encode(payload), base64url::encode(code))
}

/// Takes the value of the cookie of that name apart.
///
/// # Errors
/// [`Refusal::BadSession`] if it has another form.
pub fn open(name: &str, value: &str) -> Result<Sealed, Refusal> {
    take_apart(name, value).ok_or(Refusal::BadSession)
}

fn take_apart(name: &str, value: &str) -> Option<Sealed> {
    if value.len() > LONGEST {
        return None;
    }
    let mut parts = value.split('.');
    let (version, key) = (parts.next()?, parts.next()?);
    let (payload, code) = (parts.next()?, base64url::decode(parts.next()?)?);
    let whole = parts.next().is_none() && version == VERSION && is_key_name(key);
    (whole && code.len() == CODE_BYTES).then_some(())?;
    Some(Sealed {
        key: key.to_owned(),
        code,
        message: message_of(name, key, payload),
        payload: base64url::decode(payload)?,
    })
}

fn message_of(name: &str, key: &str, payload: &str) -> String {
    format!("{name}={VERSION}.{key}.{payload}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cookie::{NONCE, SESSION};
    use proptest::prelude::*;

    #[test]
    fn the_name_is_part_of_what_is_signed() {
        let value = value("k1", b"{}", &[7; 32]);
        let (session, nonce) = (open(SESSION, &value).unwrap(), open(NONCE, &value).unwrap());
        assert_ne!(session.message, nonce.message);
        assert_eq!(session.message, message(SESSION, "k1", b"{}"));
    }

    #[test]
    fn other_forms_are_refused() {
        let good = value("k1", b"{}", &[7; 32]);
        for wrong in [
            String::new(),
            good.replace("v1", "v2"),
            good.replace("k1", ""),
            format!("{good}.x"),
            format!("{good}A"),
            format!("{good}="),
            value("k1", b"{}", &[7; 31]),
            value("k1", &[b'x'; 3000], &[7; 32]),
        ] {
            assert_eq!(open(SESSION, &wrong), Err(Refusal::BadSession), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn no_value_panics(value in "\\PC*") {
            let _ = open(SESSION, &value);
        }

        #[test]
        fn what_is_sealed_is_opened(payload in proptest::collection::vec(any::<u8>(), 0..200)) {
            let opened = open(SESSION, &value("k1", &payload, &[1; 32])).unwrap();
            prop_assert_eq!(opened.message, message(SESSION, "k1", &payload));
            prop_assert_eq!(opened.payload, payload);
        }

        /// A value that opens is the only way to write what it says.
        #[test]
        fn no_two_values_say_the_same(value_in in "v1\\.[a-z0-9]{1,3}\\.[A-Za-z0-9_-]{0,9}\\.[A-Za-z0-9_-]{43}") {
            if let Ok(opened) = open(SESSION, &value_in) {
                prop_assert_eq!(value(&opened.key, &opened.payload, &opened.code), value_in);
            }
        }
    }
}
