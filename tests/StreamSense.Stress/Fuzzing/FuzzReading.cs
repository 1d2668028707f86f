namespace StreamSense.Stress.Fuzzing;

/// <summary>What a decoder made of an input.</summary>
/// <param name="Digest">Everything that it said, as a hash.</param>
/// <param name="Told">How many objects it had to make to say it: failures, readings.</param>
/// <param name="Broken">The promise that was broken, in words; null if none was.</param>
internal readonly record struct FuzzReading(ulong Digest, long Told, string? Broken);
