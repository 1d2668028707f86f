namespace StreamSense.Core.Tests.Sessions;

/// <summary>What a player said of itself every 100 ms.</summary>
/// <param name="AtMs">When, in milliseconds since 1970.</param>
/// <param name="State">In which region it was from then on.</param>
/// <param name="ProgressMs">Where the playhead stood.</param>
/// <param name="Quality">The quality in force; null while none is labelled.</param>
internal sealed record RequetSample(long AtMs, RequetState State, decimal ProgressMs, string? Quality);
