//! PLOVER's root events, and the crosswalk from claims to them and on to CAMEO.
//!
//! Roots are those of the codebook (version 0.8 of 2021) and of its conversion table from CAMEO; the crosswalk from kinds
//! is the claim guide's.

use crate::codes::codes;
use crate::{Claim, Kind, Means, Stance, Status};

codes! {
    /// Root events of PLOVER.
    Root {
        /// Express the intent to cooperate; agree.
        Agree = "AGREE",
        /// Meet, visit, mediate, negotiate.
        Consult = "CONSULT",
        /// Praise, defend, recognise, sign.
        Support = "SUPPORT",
        /// Trade, exercise, share information.
        Cooperate = "COOPERATE",
        /// Give aid of any kind.
        Aid = "AID",
        /// Yield to demands; ease restrictions.
        Concede = "CONCEDE",
        /// Withdraw, release, cease fire, lift.
        Retreat = "RETREAT",
        /// Look into what happened. The codebook counts it under `ACCUSE` since 2021; older records name it.
        Investigate = "INVESTIGATE",
        /// Ask, call for, demand.
        Request = "REQUEST",
        /// Blame, condemn, sue.
        Accuse = "ACCUSE",
        /// Refuse, veto, defy.
        Reject = "REJECT",
        /// Threaten with anything.
        Threaten = "THREATEN",
        /// Demonstrate, strike, riot.
        Protest = "PROTEST",
        /// Show or raise force without using it.
        Mobilize = "MOBILIZE",
        /// Break relations, halt aid or talks, expel.
        Sanction = "SANCTION",
        /// Arrest, seize, ban, blockade.
        Coerce = "COERCE",
        /// Use violence.
        Assault = "ASSAULT",
    }
}

impl Root {
    /// The root event of a claim: what its source does by saying it, or else what is said to have happened. `None` for
    /// states, counts and plain denials, which are no events there.
    pub fn of(claim: &Claim) -> Option<Self> {
        crosswalk(claim.act.kind, claim.act.status, claim.stance, claim.negated)
    }

    /// The CAMEO root of an event of this root, by PLOVER's own table. `ASSAULT` comes from three of them: mass and
    /// chemical violence (20), what irregulars do with bombs and hands (18), and conventional force (19).
    pub fn cameo(self, means: &[Means]) -> &'static str {
        const UNCONVENTIONAL: &[Means] =
            &[Means::MineIed, Means::SuicideBomb, Means::CarBomb, Means::Execution, Means::Abduction];
        match self {
            Self::Agree => "03",
            Self::Consult => "04",
            Self::Support => "05",
            Self::Cooperate => "06",
            Self::Aid => "07",
            Self::Concede | Self::Retreat => "08",
            Self::Investigate => "09",
            Self::Request => "10",
            Self::Accuse => "11",
            Self::Reject => "12",
            Self::Threaten => "13",
            Self::Protest => "14",
            Self::Mobilize => "15",
            Self::Sanction => "16",
            Self::Coerce => "17",
            Self::Assault if means.contains(&Means::Chemical) => "20",
            Self::Assault if means.iter().any(|m| UNCONVENTIONAL.contains(m)) => "18",
            Self::Assault => "19",
        }
    }
}

fn crosswalk(kind: Kind, status: Option<Status>, stance: Stance, negated: bool) -> Option<Root> {
    let hostile = matches!(
        kind,
        Kind::Attack
            | Kind::Clash
            | Kind::Capture
            | Kind::Siege
            | Kind::Detention
            | Kind::Sanction
            | Kind::Deployment
    );
    match stance {
        Stance::Accuses => Some(Root::Accuse),
        Stance::Demands => Some(Root::Request),
        Stance::Threatens => Some(Root::Threaten),
        Stance::Doubts => None,
        Stance::Denies if hostile => None,
        Stance::Denies => Some(Root::Reject),
        Stance::Promises if kind == Kind::Statement => Some(Root::Support),
        // to vow an attack is to threaten one; to undertake to end it is to agree
        Stance::Promises if hostile && !negated => Some(Root::Threaten),
        Stance::Promises => Some(Root::Agree),
        // lifted
        Stance::States if negated => Some(Root::Retreat),
        Stance::States => happened(kind, status),
    }
}

/// The root of what is said to have happened.
fn happened(kind: Kind, status: Option<Status>) -> Option<Root> {
    match (kind, status) {
        (Kind::Attack | Kind::Clash | Kind::Capture, _)
        | (Kind::Aid, Some(Status::Attacked))
        | (Kind::Truce, Some(Status::Violated)) => Some(Root::Assault),
        (Kind::Withdrawal, _) => Some(Root::Retreat),
        (Kind::Deployment, _) => Some(Root::Mobilize),
        (Kind::Siege | Kind::Detention, _) | (Kind::Aid, Some(Status::Blocked)) => Some(Root::Coerce),
        (Kind::Release, _) => Some(Root::Concede),
        (Kind::Aid, Some(Status::Requested)) => Some(Root::Request),
        (Kind::Aid, Some(Status::Denied)) | (Kind::Truce, Some(Status::Rejected | Status::Ended)) => {
            Some(Root::Reject)
        }
        (Kind::Aid, Some(Status::Approved)) | (Kind::Truce, _) | (Kind::Talks, Some(Status::Planned)) => {
            Some(Root::Agree)
        }
        (Kind::Aid, _) => Some(Root::Aid),
        (Kind::Talks, Some(Status::Failed | Status::Ended | Status::Postponed)) | (Kind::Sanction, _) => {
            Some(Root::Sanction)
        }
        (Kind::Talks, _) => Some(Root::Consult),
        (Kind::Support, _) => Some(Root::Support),
        (Kind::Protest, _) => Some(Root::Protest),
        (Kind::Control | Kind::Displacement | Kind::Toll | Kind::Statement, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(kind: Kind, status: Option<Status>, stance: Stance) -> Option<Root> {
        crosswalk(kind, status, stance, false)
    }

    #[test]
    fn what_the_source_does_by_saying_it_comes_first() {
        for kind in Kind::ALL {
            assert_eq!(root(*kind, None, Stance::Accuses), Some(Root::Accuse));
            assert_eq!(root(*kind, None, Stance::Threatens), Some(Root::Threaten));
        }
        assert_eq!(root(Kind::Attack, None, Stance::Denies), None);
        assert_eq!(root(Kind::Release, None, Stance::Denies), Some(Root::Reject));
        assert_eq!(root(Kind::Attack, None, Stance::Promises), Some(Root::Threaten));
        assert_eq!(crosswalk(Kind::Attack, None, Stance::Promises, true), Some(Root::Agree));
    }

    #[test]
    fn aid_truces_and_talks_follow_their_status() {
        let stated = |kind, status| root(kind, Some(status), Stance::States);
        assert_eq!(stated(Kind::Aid, Status::Delivered), Some(Root::Aid));
        assert_eq!(stated(Kind::Aid, Status::Blocked), Some(Root::Coerce));
        assert_eq!(stated(Kind::Truce, Status::Agreed), Some(Root::Agree));
        assert_eq!(stated(Kind::Truce, Status::Rejected), Some(Root::Reject));
        assert_eq!(stated(Kind::Truce, Status::Violated), Some(Root::Assault));
        assert_eq!(stated(Kind::Talks, Status::Held), Some(Root::Consult));
        assert_eq!(stated(Kind::Talks, Status::Failed), Some(Root::Sanction));
    }

    #[test]
    fn means_part_assault_into_three_of_cameos_roots() {
        assert_eq!(Root::Assault.cameo(&[Means::Airstrike]), "19");
        assert_eq!(Root::Assault.cameo(&[Means::CarBomb]), "18");
        assert_eq!(Root::Assault.cameo(&[Means::Airstrike, Means::Chemical]), "20");
    }
}
