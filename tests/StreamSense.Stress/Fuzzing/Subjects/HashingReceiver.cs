using System.Runtime.InteropServices;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Stress.Fuzzing.Subjects;

/// <summary>Takes events by hashing them; does not take all of them, if told so.</summary>
internal sealed class HashingReceiver(bool hasRandomIds) : IEventReceiver
{
    /// <summary>The behaviour of a receiver that has room for a few events and then none.</summary>
    public const int BecomesFull = 2;

    private ReadingHash _hash;
    private int _behaviour;
    private int _place;

    public ulong Digest => _hash.Value;

    public void Begin(int behaviour)
    {
        _hash = new ReadingHash();
        _behaviour = behaviour;
        _place = 0;
    }

    public WriteOutcome Write(in StreamEvent streamEvent, ReadOnlySpan<byte> annex)
    {
        _place++;
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<StreamEvent>(in streamEvent));
        _hash.Add(hasRandomIds ? bytes[sizeof(ulong)..] : bytes);
        _hash.Add(annex);
        return _behaviour switch
        {
            1 => _place % 3 == 0 ? WriteOutcome.Dropped : WriteOutcome.Written,
            BecomesFull => _place > 4 ? WriteOutcome.Full : WriteOutcome.Written,
            3 => _place % 4 == 1 ? WriteOutcome.Refused : WriteOutcome.Written,
            _ => WriteOutcome.Written,
        };
    }
}
