//! What each mode is called and what it means for the reader, in no more words than were proved.

use words::say;

use super::state::Mode;

impl Mode {
    /// Its name for tests and attributes.
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::IdentityOnly => "identity-only",
            Self::Guarded => "guarded",
            Self::Exposed => "exposed",
            Self::Unproven => "unproven",
        }
    }

    /// True if the reader should be warned.
    pub fn is_alarming(self) -> bool {
        self == Self::Exposed
    }

    /// Its name in a few words.
    pub fn label(self) -> String {
        match self {
            Self::Open => say!("No sign-in"),
            Self::IdentityOnly => say!("Identity only"),
            Self::Guarded => say!("Guarded"),
            Self::Exposed => say!("Not guarded"),
            Self::Unproven => say!("Guard not proved"),
        }
    }

    /// What it means, in a few words.
    pub fn title(self) -> String {
        match self {
            Self::Open => say!("No sign-in"),
            Self::IdentityOnly => say!("The data files are public"),
            Self::Guarded => say!("Only signed-in readers get the data"),
            Self::Exposed => say!("Warning: the data is public"),
            Self::Unproven => say!("It is not known whether the data is guarded"),
        }
    }

    /// What it means.
    pub fn text(self) -> String {
        match self {
            Self::Open => say!("Anyone with the link can see this page and the data behind it."),
            Self::IdentityOnly => say!(
                "Signing in shows this page who you are. It guards nothing: anyone with the link can read the data files without it."
            ),
            Self::Guarded => say!(
                "The host was asked for the data without a session just now, and refused. No data has been sent to this page before you sign in."
            ),
            Self::Exposed => say!(
                "A sign-in service answers, but the host gave data away without a session. Please tell the owner of this page."
            ),
            Self::Unproven => say!(
                "A sign-in service answers, but the host gave no clear answer when it was asked for the data without a session."
            ),
        }
    }
}
