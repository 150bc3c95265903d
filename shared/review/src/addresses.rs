//! Address ranges in conditions.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use authz::operators::Compare;

use crate::subject::Condition;

/// `203.0.113.0/24`; an address without a length is a range of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    address: IpAddr,
    // INVARIANT: at most 32, or 128 for IPv6.
    length: u8,
}

impl Range {
    /// `None` for what is no range.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let length = match length {
            Some(length) => length.parse().ok().filter(|length| *length <= most)?,
            None => most,
        };
        Some(Range { address, length })
    }

    /// The range, by its first address.
    pub fn first(&self) -> String {
        format!("{}/{}", self.first_address(), self.length)
    }

    /// Whether it is written by its first address.
    pub fn is_first(&self) -> bool {
        self.first_address() == self.address
    }

    /// Whether it holds every address of its kind.
    pub fn is_everything(&self) -> bool {
        self.length == 0
    }

    /// Whether it holds more addresses than a range of this length; one length for each kind.
    pub fn is_wider_than(&self, of_ipv4: u8, of_ipv6: u8) -> bool {
        self.length < if self.address.is_ipv4() { of_ipv4 } else { of_ipv6 }
    }

    /// How much it holds of the addresses of its kind, from 0 to 1.
    pub fn share(&self) -> f64 {
        (-f64::from(self.length)).exp2()
    }

    fn first_address(&self) -> IpAddr {
        let cut = |bits: u128, width: u32| {
            let behind = width - u32::from(self.length);
            bits.checked_shr(behind).and_then(|bits| bits.checked_shl(behind)).unwrap_or(0)
        };
        match self.address {
            IpAddr::V4(address) => {
                IpAddr::V4(Ipv4Addr::from(u32::try_from(cut(u128::from(address.to_bits()), 32)).unwrap_or_default()))
            }
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from(cut(address.to_bits(), 128))),
        }
    }

    /// Whether all of it is in the ranges for private networks (RFC 1918, RFC 4193), shared, link-local or loopback.
    pub fn is_private(&self) -> bool {
        const PRIVATE: [&str; 9] = [
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "fc00::/7",
            "fe80::/10",
            "::1/128",
        ];
        PRIVATE.iter().filter_map(|range| Range::parse(range)).any(|range| range.holds(self))
    }

    fn holds(&self, other: &Range) -> bool {
        let of = Range { length: self.length, ..*other };
        self.address.is_ipv4() == other.address.is_ipv4()
            && other.length >= self.length
            && of.first_address() == self.first_address()
    }
}

/// How many of a condition's ranges are private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Privacy {
    All,
    Some,
}

/// Of a condition on `aws:SourceIp`, by `IpAddress` or by `NotIpAddress`; `None` where no range is private.
pub(crate) fn privacy(condition: &Condition<'_>, negated: bool) -> Option<Privacy> {
    let operator = condition.operator?;
    if operator.compare != Compare::Ip || operator.negated != negated || !condition.is_about("aws:SourceIp") {
        return None;
    }
    let ranges: Vec<bool> =
        condition.values().filter_map(|(_, value)| Range::parse(value)).map(|range| range.is_private()).collect();
    match (ranges.iter().any(|private| *private), ranges.iter().all(|private| *private)) {
        (true, true) => Some(Privacy::All),
        (true, false) => Some(Privacy::Some),
        (false, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let of = |text: &str| Range::parse(text).unwrap();
        assert_eq!(of("203.0.113.77/24").first(), "203.0.113.0/24");
        assert_eq!(of("2001:db8::1/32").first(), "2001:db8::/32");
        assert!(of("10.1.2.3").is_private() && of("172.31.0.0/16").is_private() && of("fd00::/8").is_private());
        assert!(!of("172.32.0.0/16").is_private() && !of("0.0.0.0/0").is_private() && of("0.0.0.0/0").is_everything());
        for other in ["", "203.0.113.0/33", "203.0.113", "x/8", "203.0.113.0/-1"] {
            assert_eq!(Range::parse(other), None, "{other}");
        }
    }
}
