//! The icons: strokes on a 24-unit square, drawn in the colour of the text around them.

use yew::prelude::*;

/// A picture that goes with a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the name says it")]
pub enum Icon {
    Menu,
    Close,
    Dashboard,
    Flow,
    Data,
    Help,
    Fold,
    Sun,
    Moon,
    System,
    Up,
    Down,
    Level,
    Chevron,
    Table,
    Chart,
    Warning,
    Empty,
    Info,
    Arrow,
    People,
    Sort,
    Smile,
    Tag,
    Campaign,
    More,
    Grip,
    Earlier,
    Later,
    Download,
    Upload,
    Print,
    Console,
    Settings,
    Search,
    Back,
    Calendar,
    Filter,
    Undo,
    Redo,
    Share,
    Bookmark,
    Check,
    Pencil,
    Bin,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Menu => "M4 6.5h16M4 12h16M4 17.5h16",
            Self::Close => "M6 6l12 12M18 6 6 18",
            Self::Dashboard => "M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z",
            Self::Flow => "M4 6c8 0 8 6 16 6M4 18c8 0 8-6 16-6M4 12h16M4 4v4M4 10v4M4 16v4M20 9v6",
            Self::Data => {
                "M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3zM4 6v6c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12v6c0 1.7 3.6 3 8 3s8-1.3 8-3v-6"
            }
            Self::Help => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.4-1 .9-1 1.7M12 16.5v.1"
            }
            Self::Fold => "M11 7l-5 5 5 5M18 7l-5 5 5 5",
            Self::Sun => {
                "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"
            }
            Self::Moon => "M20 14.5A8.5 8.5 0 1 1 9.5 4a6.8 6.8 0 0 0 10.5 10.5z",
            Self::System => "M4 5h16v11H4zM9 20h6M12 16v4",
            Self::Up => "M6 18 18 6M9 6h9v9",
            Self::Down => "M6 6l12 12M9 18h9V9",
            Self::Level => "M4 12h16M14 6l6 6-6 6",
            Self::Chevron => "M6 9.5l6 6 6-6",
            Self::Table => "M4 5h16v14H4zM4 10h16M4 14.5h16M10 10v9",
            Self::Chart => "M4 4v16h16M8 16v-4M12.5 16V8M17 16v-6",
            Self::Warning => "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.1",
            Self::Empty => "M4 13l2.5-8h11L20 13v6H4zM4 13h5c0 1.7 1.3 3 3 3s3-1.3 3-3h5",
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.5v.1",
            Self::Arrow => "M5 12h14M13 6l6 6-6 6",
            Self::People => {
                "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM3 20c0-3.3 2.7-5.5 6-5.5s6 2.2 6 5.5M15.5 5.5a3.3 3.3 0 0 1 0 6.3M17 14.8c2.4.6 4 2.5 4 5.2"
            }
            Self::Smile => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.5 14.2c.8 1.3 2 2 3.5 2s2.7-.7 3.5-2M9 9.5v.1M15 9.5v.1"
            }
            Self::Tag => "M4 4h7.5l8.5 8.5-7.5 7.5L4 11.5zM8.2 8.2v.1",
            Self::Campaign => {
                "M4 10v4h3l8 4.5v-13L7 10zM18.5 9.5c1.3 1.3 1.3 3.7 0 5M7 14v5h3v-3.3"
            }
            Self::Console => "M3.5 5h17v14h-17zM7 9.5l3 2.5-3 2.5M12.5 15h4",
            Self::Settings => "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.3 15.3 20 20",
            Self::Calendar => "M4 6h16v14H4zM4 10.5h16M8 3.5v4M16 3.5v4",
            Self::Filter => "M4 6.5h16M7 12h10M10 17.5h4",
            Self::Undo => "M9 6 4.5 10.5 9 15M5 10.5h9a5 5 0 0 1 0 10h-3",
            Self::Redo => "M15 6l4.5 4.5L15 15M19 10.5h-9a5 5 0 0 0 0 10h3",
            Self::Share => "M12 15V4M8 7.5 12 3.5l4 4M5 12v8h14v-8",
            Self::Bookmark => "M6.5 4h11v16L12 16l-5.5 4z",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Pencil => "M4 20l1-4.5L16 4.5l3.5 3.5-11 11zM13.5 7l3.5 3.5",
            Self::Bin => "M5 7h14M9.5 7V4h5v3M7 7l1 13h8l1-13",
            Self::More => "M5 12h.1M12 12h.1M19 12h.1",
            Self::Grip => "M9 6h.1M15 6h.1M9 12h.1M15 12h.1M9 18h.1M15 18h.1",
            Self::Earlier => "M12 19V5M6 11l6-6 6 6",
            Self::Later => "M12 5v14M6 13l6 6 6-6",
            Self::Download => "M12 4v11M7 10l5 5 5-5M4 19.5h16",
            Self::Upload => "M12 15V4M7 9l5-5 5 5M4 19.5h16",
            Self::Print => "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
            Self::Back => "M19 12H5M11 6l-6 6 6 6",
            Self::Sort => "M7 10l5 5 5-5",
        }
    }

    /// The icon as decoration: its label stands beside it.
    pub fn html(self) -> Html {
        self.sized("icon")
    }

    /// The icon at the size of small text.
    pub fn small(self) -> Html {
        self.sized("icon icon--small")
    }

    fn sized(self, class: &'static str) -> Html {
        html! {
            <svg {class} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                <path d={self.path()} />
            </svg>
        }
    }
}
