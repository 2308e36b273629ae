//! Networks worth starting from, as links.

use serde::Serialize;

/// A named starting point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
pub struct Preset {
    /// The name that the page's texts know it by.
    pub name: &'static str,
    /// What differs from the defaults; a data set that is not named stays as it is.
    pub link: &'static str,
}

/// What the page offers, simplest first.
pub const PRESETS: [Preset; 7] = [
    Preset { name: "templates", link: "hidden=0" },
    Preset { name: "small", link: "hidden=10" },
    // The network of "Looking inside neural nets", which published 91.28 % for it.
    Preset { name: "chapter", link: "hidden=10&act=sigmoid" },
    Preset { name: "best", link: "hidden=128&opt=adam" },
    Preset { name: "deep", link: "hidden=64,48,32,24,16,12&opt=adam" },
    // Dense networks on photographs: published 37 %. Without the mean taken off, or with ten times the rate, they get stuck.
    Preset { name: "photographs", link: "data=cifar10&hidden=0&opt=adam&lr=0.0003&scale=mean" },
    Preset { name: "photographsSmall", link: "data=cifar10&hidden=10&opt=adam&lr=0.0003&scale=mean" },
];
