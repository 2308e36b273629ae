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
pub const PRESETS: [Preset; 15] = [
    Preset { name: "templates", link: "hidden=0" },
    Preset { name: "small", link: "hidden=10" },
    // The network of "Looking inside neural nets", which published 91.28 % for it.
    Preset { name: "chapter", link: "hidden=10&act=sigmoid" },
    Preset { name: "best", link: "hidden=128&opt=adam" },
    Preset { name: "deep", link: "hidden=64,48,32,24,16,12&opt=adam" },
    // Dense networks on photographs: published 37 %. Without the mean taken off, or with ten times the rate, they get stuck.
    Preset { name: "photographs", link: "data=cifar10&hidden=0&opt=adam&lr=0.0003&scale=mean" },
    Preset { name: "photographsSmall", link: "data=cifar10&hidden=10&opt=adam&lr=0.0003&scale=mean" },
    Preset {
        name: "sineWide",
        link: "data=function&hidden=500&act=tanh&opt=adam&lr=0.001&batch=32&epochs=1000&val=0.2",
    },
    Preset {
        name: "sineDeep",
        link: "data=function&hidden=3,3&act=tanh&opt=adam&lr=0.01&batch=32&epochs=2000&val=0.2",
    },
    Preset {
        name: "squareWide",
        link: "data=function&f=x^2&from=-2&to=2&hidden=800&opt=adam&lr=0.001&batch=32&epochs=500&val=0.2",
    },
    // However many linear layers there are, together they are one.
    Preset {
        name: "straight",
        link: "data=function&f=2*x-1&noise=0.5&hidden=3,3&act=linear&opt=adam&lr=0.01&batch=32&epochs=500&val=0.2",
    },
    // The course's census: what is asked of its networks stands in tests/howell.rs.
    Preset {
        name: "howellWeight",
        link: "data=table&table=howell&target=height&inputs=weight&hidden=3,3&act=tanh&opt=adam&lr=0.005&batch=32&epochs=5000&scale=standard&val=0.2",
    },
    Preset {
        name: "howellAge",
        link: "data=table&table=howell&target=height&inputs=weight,age&hidden=3,3&act=tanh&opt=adam&lr=0.005&batch=32&epochs=5000&scale=standard&val=0.2",
    },
    Preset {
        name: "howellAll",
        link: "data=table&table=howell&target=height&inputs=weight,age,male&hidden=3,3&act=tanh&opt=adam&lr=0.005&batch=32&epochs=5000&scale=standard&val=0.2",
    },
    Preset {
        name: "howellSex",
        link: "data=table&table=howell&target=male:2&inputs=height,weight,age&rows=age%3E%3D18&hidden=3,3&opt=adam&lr=0.01&batch=32&epochs=500&scale=standard&val=0.2",
    },
];
