//! The closed code lists of the claim guide, each with its written form.

/// A word that is none of a code list's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCode {
    /// The list that was asked.
    pub list: &'static str,
    /// The word given.
    pub word: String,
}

impl std::fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` is no {}", self.word, self.list)
    }
}

impl std::error::Error for UnknownCode {}

/// Defines a code list: an enum whose members have one written form each.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every member, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The written form.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownCode;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word { $($text => Ok(Self::$variant),)+ _ => Err($crate::UnknownCode { list: stringify!($name), word: word.to_owned() }) }
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// What happened.
    Kind {
        /// One side strikes: shelling, bombing, raid, killing, ambush; also harm with a named cause.
        Attack = "attack",
        /// Two armed sides fight each other.
        Clash = "clash",
        /// A force takes or retakes a place.
        Capture = "capture",
        /// Who holds a place (a state, not a change).
        Control = "control",
        /// A force leaves, hands over or stands down.
        Withdrawal = "withdrawal",
        /// Troops or arms are moved, raised, sent.
        Deployment = "deployment",
        /// An area is cut off, besieged, closed.
        Siege = "siege",
        /// People arrested, abducted, held.
        Detention = "detention",
        /// People freed or exchanged.
        Release = "release",
        /// Relief and access.
        Aid = "aid",
        /// Cease-fires and their machinery.
        Truce = "truce",
        /// Meetings and negotiations.
        Talks = "talks",
        /// Arming, funding, sponsoring, backing a party.
        Support = "support",
        /// People flee, are evacuated or return.
        Displacement = "displacement",
        /// A running total of harm over a long time, of no single incident.
        Toll = "toll",
        /// Demonstrations, riots.
        Protest = "protest",
        /// Sanctions, expulsions, broken relations.
        Sanction = "sanction",
        /// A speech act with none of the acts above in it.
        Statement = "statement",
    }
}

codes! {
    /// How the source stands to the act.
    Stance {
        /// Asserts it.
        States = "states",
        /// Says that it is not so, or refuses it.
        Denies = "denies",
        /// Blames or charges with wrongdoing.
        Accuses = "accuses",
        /// Calls for it, urges, asks.
        Demands = "demands",
        /// Undertakes, plans or offers to do it.
        Promises = "promises",
        /// Threatens it.
        Threatens = "threatens",
        /// Leaves it open whether it is so.
        Doubts = "doubts",
    }
}

codes! {
    /// Where an act of kind `aid`, `truce` or `talks` stands. `ended` belongs to both of the last two.
    Status {
        /// Aid asked for.
        Requested = "requested",
        /// Aid approved or promised.
        Approved = "approved",
        /// Aid refused.
        Denied = "denied",
        /// Aid waiting for approval or security.
        Waiting = "waiting",
        /// Aid that arrived.
        Delivered = "delivered",
        /// Aid held up.
        Blocked = "blocked",
        /// Aid struck.
        Attacked = "attacked",
        /// Truce proposed.
        Proposed = "proposed",
        /// Truce agreed or announced.
        Agreed = "agreed",
        /// Truce in force.
        InForce = "in-force",
        /// Truce extended.
        Extended = "extended",
        /// Truce kept: calm, fewer strikes.
        Kept = "kept",
        /// Truce broken.
        Violated = "violated",
        /// Truce or talks over.
        Ended = "ended",
        /// A monitoring body, contact group or procedure.
        Mechanism = "mechanism",
        /// Truce turned down.
        Rejected = "rejected",
        /// Talks planned.
        Planned = "planned",
        /// Talks held.
        Held = "held",
        /// Talks put off.
        Postponed = "postponed",
        /// Talks broken down or called off.
        Failed = "failed",
    }
}

impl Status {
    /// The states that an act of `kind` can be in; empty for kinds without a status.
    pub const fn of(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Aid => &[
                Self::Requested,
                Self::Approved,
                Self::Denied,
                Self::Waiting,
                Self::Delivered,
                Self::Blocked,
                Self::Attacked,
            ],
            Kind::Truce => &[
                Self::Proposed,
                Self::Agreed,
                Self::InForce,
                Self::Extended,
                Self::Kept,
                Self::Violated,
                Self::Ended,
                Self::Mechanism,
                Self::Rejected,
            ],
            Kind::Talks => &[Self::Planned, Self::Held, Self::Postponed, Self::Ended, Self::Failed],
            _ => &[],
        }
    }
}

codes! {
    /// What the document itself says about checking the claim.
    Verification {
        /// It could not be verified.
        Unconfirmed = "unconfirmed",
        /// Someone verified it.
        Confirmed = "confirmed",
    }
}

codes! {
    /// Whether a text says that an event happens or that it does not.
    Polarity {
        /// It does.
        Pos = "POS",
        /// It does not.
        Neg = "NEG",
    }
}

codes! {
    /// How sure a text is of an event (the classes of the `NewsReader` guidelines).
    Certainty {
        /// Sure; also of what is settled for the future.
        Certain = "CERTAIN",
        /// Likely.
        Probable = "PROBABLE",
        /// Open.
        Possible = "POSSIBLE",
        /// Only named as a condition.
        Underspecified = "UNDERSPECIFIED",
    }
}

codes! {
    /// How harm was done.
    Means {
        /// Artillery, mortars, tank fire.
        Shelling = "shelling",
        /// Bombs from aircraft, barrel bombs included.
        Airstrike = "airstrike",
        /// Unguided rockets.
        Rocket = "rocket",
        /// Guided missiles.
        Missile = "missile",
        /// Unmanned aircraft.
        Drone = "drone",
        /// Mines, improvised bombs.
        MineIed = "mine-ied",
        /// A suicide bombing, where the text says so.
        SuicideBomb = "suicide-bomb",
        /// A car bomb.
        CarBomb = "car-bomb",
        /// Guns.
        SmallArms = "small-arms",
        /// Snipers.
        Sniper = "sniper",
        /// Gas and other chemical weapons.
        Chemical = "chemical",
        /// Fire set.
        Arson = "arson",
        /// Offensive, storming, invasion.
        GroundAssault = "ground-assault",
        /// Killing of people held.
        Execution = "execution",
        /// People taken or held hostage.
        Abduction = "abduction",
    }
}

codes! {
    /// What a party is. ACLED's `inter` and PLOVER's sector codes follow from it.
    PartyKind {
        /// A state as such.
        State = "state",
        /// A state's government.
        Government = "government",
        /// Army, air force, police of a state.
        StateForce = "state-force",
        /// An armed opposition group or its umbrella.
        Rebel = "rebel",
        /// A militia on someone's side.
        Militia = "militia",
        /// A group on the UN's terrorist list or so described by its enemies' courts.
        Jihadist = "jihadist",
        /// A political body without arms of its own.
        Political = "political",
        /// A body of states.
        International = "international",
        /// A relief organisation.
        Humanitarian = "humanitarian",
        /// Who counts and documents.
        Monitor = "monitor",
        /// A newspaper, agency, broadcaster.
        Medium = "medium",
        /// Civilians.
        Civilians = "civilians",
        /// A person who speaks for no party known.
        Person = "person",
        /// Nothing is known.
        Unknown = "unknown",
    }
}

codes! {
    /// Whether an act falls under a truce's terms.
    ScopeVerdict {
        /// The terms bar it.
        In = "in",
        /// A term leaves it out.
        Out = "out",
        /// It turns on a fact or a term that the claims dispute.
        Disputed = "disputed",
        /// What would decide it is not reported.
        Unknown = "unknown",
    }
}

codes! {
    /// Why a claim or report is challenged.
    Reason {
        /// The record says something else than the report.
        Misread = "misread",
        /// The report itself was wrong.
        ReportWrong = "report-wrong",
        /// The publisher withdrew it.
        Withdrawn = "withdrawn",
        /// Two things were taken for one, or one for two.
        Linked = "linked",
        /// It names a person who must not be named.
        Personal = "personal",
        /// Anything else; the text says what.
        Other = "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_from_its_written_form() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
        assert_eq!("assault".parse::<Kind>().unwrap_err().to_string(), "`assault` is no Kind");
    }

    #[test]
    fn every_status_belongs_to_a_kind() {
        for status in Status::ALL {
            assert!(Kind::ALL.iter().any(|k| Status::of(*k).contains(status)), "{status}");
        }
    }
}
