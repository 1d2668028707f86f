namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>
/// One entry of the ledger: an amount (a count, microseconds, kbps·microseconds) under a name, in a view; spread evenly over the time in
/// which it elapsed, or at one instant.
/// </summary>
internal sealed record OracleEntry(string View, string What, decimal Amount, long FromUs, long ToUs, OracleDims Dims)
{
    /// <summary>The part of the entry that belongs to a stretch of time; null where none does.</summary>
    internal OracleEntry? Within(long fromUs, long toUs)
    {
        if (FromUs == ToUs)
        {
            return fromUs <= FromUs && FromUs < toUs ? this : null;
        }

        long shared = Math.Min(ToUs, toUs) - Math.Max(FromUs, fromUs);
        return shared <= 0 ? null : this with { Amount = Amount * shared / (ToUs - FromUs) };
    }
}
