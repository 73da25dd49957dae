//! Open invitations.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use rota_sync::{
    Millis,
    join::{Invitations, InviteCode, OpenError, Terms},
};

const MINUTE_MS: u64 = 60_000;

#[test]
fn invitations_have_bounds() {
    let mut invitations = Invitations::default();
    let terms = |minutes: u64, uses| Terms {
        expires_at: Millis(minutes * MINUTE_MS),
        uses,
    };
    let open = |invitations: &mut Invitations<()>, number, terms| {
        invitations.open(InviteCode::new(number, [0, 1, 2]), terms, (), Millis(0))
    };
    assert_eq!(
        open(&mut invitations, 1, terms(10, 0)),
        Err(OpenError::Terms)
    );
    assert_eq!(
        open(&mut invitations, 1, terms(0, 1)),
        Err(OpenError::Terms)
    );
    assert_eq!(
        open(&mut invitations, 1, terms(8 * 24 * 60, 1)),
        Err(OpenError::Terms)
    );
    assert_eq!(open(&mut invitations, 1, terms(10, 1)), Ok(()));
    assert_eq!(
        open(&mut invitations, 1, terms(10, 1)),
        Err(OpenError::NumberTaken)
    );
    for number in 2..=16 {
        assert_eq!(open(&mut invitations, number, terms(10, 1)), Ok(()));
    }
    assert_eq!(
        open(&mut invitations, 17, terms(10, 1)),
        Err(OpenError::TooMany)
    );
    let taken = (1..99).collect();
    assert_eq!(invitations.free_number(&taken, 12345), 99);
}
