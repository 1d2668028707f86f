namespace StreamSense.Core.Ingest.Cmcd;

/// <summary>The keys of CTA-5004-B that the mapping reads. The text form is the member's name in lower case.</summary>
internal enum CmcdKey : byte
{
    Ab, Bg, Bl, Br, Bs, Cdn, Cen, Cid, D, Dfa, E, Ec, H, Ltc, Msd, Mtp, Nr, Ot, Pb, Pr, Pt, Rc, Sid, Sn, St, Sta, Su, Ts, Ttfb, Ttlb, V,

    // How many there are.
    Count,
}
