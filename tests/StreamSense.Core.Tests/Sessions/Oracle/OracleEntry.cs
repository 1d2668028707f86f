namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>One entry of the ledger: an amount (a count, microseconds, kbps·microseconds) under a name, in a view.</summary>
internal sealed record OracleEntry(string View, string What, decimal Amount, OracleDims Dims);
