//! Names and texts by which somebody asks for a sign-in.

/// How client ids of Google end, in folded letters: wherever one stands, somebody wanted a sign-in.
const CLIENT: &str = "appsgoogleusercontentcom";

/// Parts of names that were probably meant to ask for a sign-in, rightly spelt or not.
pub const MEANT: [&str; 25] = [
    "account",
    "allow",
    "clientid",
    "credential",
    "endpoint",
    "hosteddomain",
    "jwks",
    "login",
    "logon",
    "logout",
    "member",
    "oidc",
    "openid",
    "password",
    "private",
    "protect",
    "restrict",
    "saml",
    "secret",
    "session",
    "signin",
    "signon",
    "singin",
    "sso",
    "token",
];

/// True for a name that was probably meant to ask for a sign-in.
pub(crate) fn is_meant(name: &str) -> bool {
    let plain = folded(name);
    // Authors ask for none.
    let authors = |rest: &str| rest.starts_with("or") && !rest.starts_with("ori");
    plain == "hd"
        || plain.split("auth").skip(1).any(|rest| !authors(rest))
        || MEANT.iter().any(|word| plain.contains(word))
        || plain.contains(CLIENT)
}

/// True for a text in which a client id of Google stands.
pub(crate) fn has_client(text: &str) -> bool {
    folded(text).contains(CLIENT)
}

/// The letters of a text, in lower case.
fn folded(text: &str) -> String {
    let letters = text.chars().filter(char::is_ascii_alphabetic);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}
