using StreamSense.Core.Events;
using StreamSense.Core.Privacy;

namespace StreamSense.Stress.Fuzzing;

/// <summary>What decoders of one target share, so that they give the same names to the same things.</summary>
internal sealed class FuzzSetting
{
    public static PseudonymKey Key { get; } = PseudonymKey.FromSecret("a secret of the fuzzer, thirty-two"u8);

    public Vocabulary Vocabulary { get; } = new(titleCapacity: 4096, contextCapacity: 1024);

    public Pseudonymizer Pseudonymizer { get; } = new(Key);
}
