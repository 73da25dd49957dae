//! Finds peers over mDNS and connects them over libp2p.
