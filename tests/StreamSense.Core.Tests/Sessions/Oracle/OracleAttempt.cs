namespace StreamSense.Core.Tests.Sessions.Oracle;

/// <summary>An attempt that has ended, and its play where it had a content frame.</summary>
internal sealed record OracleAttempt(string View, long AttemptUs, long EndUs, string Outcome, OraclePlay? Play);
